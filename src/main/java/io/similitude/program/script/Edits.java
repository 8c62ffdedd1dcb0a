package io.similitude.program.script;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Insertions into a text. Insertions at one place keep the order in which they were made. */
final class Edits {
  private final List<Insertion> insertions = new ArrayList<>();

  void insert(int at, String text) {
    insertions.add(new Insertion(at, text));
  }

  String apply(String source) {
    insertions.sort(Comparator.comparingInt(Insertion::at));
    StringBuilder edited = new StringBuilder(source.length() + source.length() / 2);
    int from = 0;
    for (Insertion insertion : insertions) {
      edited.append(source, from, insertion.at()).append(insertion.text());
      from = insertion.at();
    }
    return edited.append(source, from, source.length()).toString();
  }

  private record Insertion(int at, String text) {}
}
