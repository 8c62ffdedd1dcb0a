package io.similitude.similarity.gram;

import io.similitude.spec.Dissimilarity;

/** How unlike two examples are, of features centred within the batch. */
public final class Dissimilarities {
  private Dissimilarities() {}

  /**
   * Of two different examples. One at the mean of the batch has no direction, and cosine
   * dissimilarity 1 to all others.
   */
  public static double of(Dissimilarity dissimilarity, DenseGram gram, int i, int j) {
    return switch (dissimilarity) {
      case EUCLIDEAN -> Math.sqrt(gram.squaredDistance(i, j));
      case COSINE -> 1 - CosineKernel.cosine(gram, i, j);
    };
  }

  /** Of all pairs, the upper triangle row by row without its diagonal. */
  public static double[] ofPairs(Dissimilarity dissimilarity, DenseGram gram) {
    int n = gram.n();
    double[] pairs = new double[UCentring.length(n)];
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        pairs[at++] = of(dissimilarity, gram, i, j);
      }
    }
    return pairs;
  }
}
