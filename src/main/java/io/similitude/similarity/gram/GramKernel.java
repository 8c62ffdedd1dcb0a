package io.similitude.similarity.gram;

import io.similitude.spec.measure.Kernel;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.spec.measure.Setting;

/**
 * A kernel as a function of the linear Gram matrix of features centred within the batch.
 *
 * <p>Kernels of distances do not see the centring. The cosine and the polynomial kernel do: theirs
 * are those of the centred features, which makes them blind to shifts of the representation, and
 * unlike those of features as they come. That is a choice, since Gram matrices are stored centred.
 */
@FunctionalInterface
public interface GramKernel {
  /** The Gram matrix itself. */
  GramKernel LINEAR = gram -> packed(gram.n(), gram::get);

  /** The packed upper triangle, diagonal included; of a constant layer all zero. */
  double[] packed(DenseGram gram);

  /**
   * The kernel off the diagonal, which is all that HSIC<sub>1</sub> sees of it, up to a constant
   * that centring takes away. What stands on the diagonal does not matter.
   */
  default OffDiagonal offDiagonal(DenseGram gram) {
    return new OffDiagonal(packed(gram), 0);
  }

  /**
   * A matrix in units of its own.
   *
   * @param packed its entries, divided by exp(logUnit)
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record OffDiagonal(double[] packed, double logUnit) {
    /** Whether HSIC and its powers have no numbers in float64 at this unit. */
    public boolean isOutOfRange() {
      return Math.abs(logUnit) > MOST_LOG;
    }
  }

  /**
   * With weights up to exp(100), the cube of an HSIC of two representations, which the null
   * distribution needs, is still a number.
   */
  double MOST_LOG = 100;

  /** As a spec has it. */
  static GramKernel of(MeasureSpec spec) {
    return switch (spec.setting(Setting.KERNEL, Kernel.class)) {
      case LINEAR -> LINEAR;
      case RBF -> new RbfKernel(spec.setting(Setting.BANDWIDTH, Double.class));
      case COSINE -> new CosineKernel();
      case POLYNOMIAL ->
          new PolynomialKernel(
              spec.setting(Setting.DEGREE, Integer.class),
              spec.setting(Setting.OFFSET, Double.class));
    };
  }

  /** The packed upper triangle of a matrix. */
  static double[] packed(int n, Entries entries) {
    double[] packed = new double[PackedGram.length(n)];
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        packed[at++] = entries.at(i, j);
      }
    }
    return packed;
  }

  /** A symmetric matrix. */
  @FunctionalInterface
  interface Entries {
    double at(int i, int j);
  }

  /**
   * The kernel K<sub>ij</sub> / sqrt(K<sub>ii</sub> K<sub>jj</sub>), the cosine of the angle
   * between the centred features of two examples.
   *
   * <p>An example that lies at the mean of the batch has no direction: its kernel is 0, with itself
   * too. Invariant to rotation, scale and, because of the centring, shift of the features, and to
   * the length of each example's.
   */
  record CosineKernel() implements GramKernel {
    @Override
    public double[] packed(DenseGram gram) {
      return GramKernel.packed(gram.n(), gram::cosine);
    }
  }
}
