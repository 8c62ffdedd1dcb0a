package io.similitude.similarity.gram;

import io.similitude.spec.measure.Kernel;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.spec.measure.Setting;

/**
 * A kernel as a function of the linear Gram matrix of features centred within the batch.
 *
 * <p>Kernels of distances do not see the centring. The cosine and the polynomial kernel do. They
 * use the centred features. So they do not change with shifts of the representation, and they
 * differ from the kernels of raw features. That is a choice, since Gram matrices are stored
 * centred.
 */
@FunctionalInterface
public interface GramKernel {
  /** The Gram matrix itself. */
  GramKernel LINEAR = gram -> packed(gram.n(), gram::get);

  /** The packed upper triangle, diagonal included; all zero for a constant layer. */
  double[] packed(DenseGram gram);

  /**
   * The kernel off the diagonal, up to a constant that centring removes. HSIC<sub>1</sub> uses only
   * these entries. The values on the diagonal do not matter.
   */
  default OffDiagonal offDiagonal(DenseGram gram) {
    return new OffDiagonal(packed(gram), 0);
  }

  /**
   * A matrix with its own unit.
   *
   * @param packed its entries, divided by exp(logUnit)
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record OffDiagonal(double[] packed, double logUnit) {
    /** Whether HSIC or its powers are outside the range of float64 at this unit. */
    public boolean isOutOfRange() {
      return Math.abs(logUnit) > MOST_LOG;
    }
  }

  /**
   * With weights up to exp(100), the cube of an HSIC of two representations, which the null
   * distribution needs, is still a number.
   */
  double MOST_LOG = 100;

  /** The kernel that a spec asks for. */
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
   * <p>An example that lies at the mean of the batch has no direction: its kernel is 0, also with
   * itself. The kernel is invariant to rotation, scale and, because of the centring, shift of the
   * features. It is also invariant to the length of each example's features.
   */
  record CosineKernel() implements GramKernel {
    @Override
    public double[] packed(DenseGram gram) {
      return GramKernel.packed(gram.n(), gram::cosine);
    }
  }
}
