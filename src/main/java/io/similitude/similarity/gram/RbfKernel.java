package io.similitude.similarity.gram;

import java.util.Arrays;

/**
 * The kernel exp(-d<sub>ij</sub>&sup2; / (2 s&sup2;)), s = bandwidth m, m&sup2; the median of all
 * n&sup2; squared distances d&sup2;, those of examples with themselves included.
 *
 * <p>Less 1 here, which centring takes away again, so that wide bandwidths keep their digits. When
 * the median is 0, because examples coincide, the kernel is its limit at s = 0: 1 where examples
 * coincide and 0 elsewhere. Invariant to rotation, scale and shift of the features.
 *
 * <p>Source: S. Kornblith et al., Similarity of neural network representations revisited, ICML
 * 2019, section 3.1 (the bandwidth as a fraction of the median distance).
 */
record RbfKernel(double bandwidth) implements GramKernel {
  RbfKernel {
    if (!(bandwidth > 0 && bandwidth < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Invalid bandwidth: " + bandwidth + " (must be a number above 0)");
    }
  }

  @Override
  public double[] packed(DenseGram gram) {
    double scale = 2 * bandwidth * bandwidth * medianSquaredDistance(gram);
    return GramKernel.packed(
        gram.n(),
        (i, j) -> {
          double squared = i == j ? 0 : gram.squaredDistance(i, j);
          return squared == 0 ? 0 : Math.expm1(-squared / scale);
        });
  }

  /** Of n&sup2; numbers: n zeros, and each distance of two examples twice. */
  static double medianSquaredDistance(DenseGram gram) {
    int n = gram.n();
    double[] distances = new double[UCentring.length(n)];
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        distances[at++] = gram.squaredDistance(i, j);
      }
    }
    Arrays.sort(distances);
    int all = n * n;
    return (ordered(distances, n, (all - 1) / 2) + ordered(distances, n, all / 2)) / 2;
  }

  private static double ordered(double[] distances, int zeros, int rank) {
    return rank < zeros ? 0 : distances[(rank - zeros) / 2];
  }
}
