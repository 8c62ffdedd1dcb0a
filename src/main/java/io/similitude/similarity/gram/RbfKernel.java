package io.similitude.similarity.gram;

import java.util.Arrays;

/**
 * The kernel exp(-d<sub>ij</sub>&sup2; / (2 s&sup2;)), s = bandwidth m, m&sup2; the median of all
 * n&sup2; squared distances d&sup2;. These include the distance of each example to itself.
 *
 * <p>When the median is 0, because examples coincide, the kernel is its limit at s = 0: 1 where
 * examples coincide and 0 elsewhere. Invariant to rotation, scale and shift of the features.
 *
 * <p>Accuracy. With a wide bandwidth all entries are close to 1: then K - 1 is computed, so that
 * centring loses no digits. With a narrow bandwidth the entries off the diagonal are small, down to
 * exp(-1000), and K - 1 would lose them by rounding. For HSIC<sub>0</sub> they do not matter then:
 * K is the identity. HSIC<sub>1</sub> leaves out the diagonal and uses only these entries. So for
 * HSIC<sub>1</sub> the entries are computed in units of the largest one, and the unit is part of
 * the batch's weight. Weights are finite numbers if the two nearest examples of a batch are not too
 * far apart. Any bandwidth of at least {@value #ALWAYS} has a value. Below it a batch may be out of
 * range. Then the status is {@link Status#BANDWIDTH_TOO_NARROW}. The relative error of an entry is
 * that of d&sup2; divided by 2 s&sup2;, so a narrow bandwidth magnifies the rounding of float32
 * Gram matrices: by 50 at 0.1, by 5,000 at 0.01.
 *
 * <p>Source: S. Kornblith et al., Similarity of neural network representations revisited, ICML
 * 2019, section 3.1 (the bandwidth as a fraction of the median distance).
 */
public record RbfKernel(double bandwidth) implements GramKernel {
  /**
   * At this bandwidth or above, every batch has a weight, because the distance of the two nearest
   * examples is below the median.
   */
  public static final double ALWAYS = 0.05;

  /** Below this bandwidth, weights are shifted towards 1. Above it they need no shift. */
  private static final double NARROW = 0.1;

  public RbfKernel {
    if (!(bandwidth > 0 && bandwidth < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Invalid bandwidth: " + bandwidth + " (must be a number above 0)");
    }
  }

  /** The kernel less 1, because centring removes the constant. */
  @Override
  public double[] packed(DenseGram gram) {
    double[] exponents = exponents(gram);
    Arrays.setAll(exponents, k -> exponents[k] == 0 ? 0 : Math.expm1(-exponents[k]));
    return exponents;
  }

  @Override
  public OffDiagonal offDiagonal(DenseGram gram) {
    double[] exponents = exponents(gram);
    double least = least(gram.n(), exponents);
    if (least < 1 && bandwidth >= NARROW) {
      return new OffDiagonal(packed(gram), 0);
    }
    double[] entries = GramKernel.packed(gram.n(), offDiagonal(gram.n(), exponents, least));
    return new OffDiagonal(entries, logShift() - least);
  }

  private static Entries offDiagonal(int n, double[] exponents, double least) {
    return (i, j) -> i == j ? 0 : Math.exp(least - exponents[PackedGram.index(n, i, j)]);
  }

  /**
   * All batches are multiplied by one number, so that their weights are about 1. CKA does not
   * change.
   */
  private double logShift() {
    return bandwidth >= NARROW ? 0 : Math.min(MOST_LOG, 1 / (4 * bandwidth * bandwidth));
  }

  /** d&sup2; / (2 s&sup2;), packed. */
  private double[] exponents(DenseGram gram) {
    double scale = 2 * bandwidth * bandwidth * medianSquaredDistance(gram);
    return GramKernel.packed(
        gram.n(),
        (i, j) -> {
          double squared = i == j ? 0 : gram.squaredDistance(i, j);
          return squared == 0 ? 0 : squared / scale;
        });
  }

  private static double least(int n, double[] packed) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        least = Math.min(least, packed[PackedGram.index(n, i, j)]);
      }
    }
    return least;
  }

  /** The median of n&sup2; numbers: n zeros, and each distance of two examples twice. */
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
