package io.similitude.analysis.statistics;

import java.io.Serializable;

/**
 * How often the most similar layer of another network is the layer at the same place (S. Kornblith
 * et al., ICML 2019, section 6.1). Rows and columns are the layers of two networks of one
 * architecture; chance is 1 / L. If similarities are equal, the first counts.
 *
 * @param exact share of rows whose most similar column is their own
 * @param near share of rows whose most similar column is at most one layer off
 */
public record Identification(double exact, double near) implements Serializable {
  public static Identification of(double[][] similarities) {
    int[] best = best(similarities);
    int exact = 0;
    int near = 0;
    for (int i = 0; i < best.length; i++) {
      exact += best[i] == i ? 1 : 0;
      near += Math.abs(best[i] - i) <= 1 ? 1 : 0;
    }
    return new Identification((double) exact / best.length, (double) near / best.length);
  }

  /** The most similar column of each row. */
  public static int[] best(double[][] similarities) {
    int[] best = new int[similarities.length];
    for (int i = 0; i < best.length; i++) {
      for (int j = 1; j < similarities[i].length; j++) {
        if (similarities[i][j] > similarities[i][best[i]]) {
          best[i] = j;
        }
      }
    }
    return best;
  }
}
