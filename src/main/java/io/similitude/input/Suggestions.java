package io.similitude.input;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known word that the user probably meant instead of an unknown one. */
public final class Suggestions {
  private Suggestions() {}

  /** The end of a message: the nearest known word if one is near, and all known words. */
  public static String nearestAndAll(String word, Collection<String> known) {
    String all = "known: " + String.join(", ", known);
    return nearest(word, known).map(near -> "did you mean " + near + "? " + all).orElse(all);
  }

  /** The end of a message: the nearest known word if one is near, otherwise all known words. */
  public static String nearestOrAll(String word, Collection<String> known) {
    return nearest(word, known)
        .map(near -> "did you mean " + near + "?")
        .orElse("known: " + String.join(", ", known));
  }

  /**
   * The known word with the least edit distance, ignoring case, if the distance is at most about a
   * third of its letters. If there are several, the first one.
   */
  public static Optional<String> nearest(String word, Collection<String> known) {
    return known.stream()
        .filter(candidate -> isNear(word, candidate))
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
  }

  private static boolean isNear(String word, String candidate) {
    int most = Math.max(1, (candidate.length() + 1) / 3);
    return Math.abs(word.length() - candidate.length()) <= most
        && distance(word, candidate) <= most;
  }

  /**
   * The number of edits of one letter, and of swaps of two neighbours, that lead from a to b in
   * lower case.
   */
  private static int distance(String a, String b) {
    String from = a.toLowerCase(Locale.ROOT);
    String to = b.toLowerCase(Locale.ROOT);
    int[][] edits = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : fewest(edits, from, to, i, j);
      }
    }
    return edits[from.length()][to.length()];
  }

  private static int fewest(int[][] edits, String from, String to, int i, int j) {
    int replaced = edits[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
    int fewest = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(fewest, 1 + edits[i - 2][j - 2]) : fewest;
  }
}
