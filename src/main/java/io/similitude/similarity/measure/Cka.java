package io.similitude.similarity.measure;

import io.similitude.similarity.gram.DenseGram;
import io.similitude.similarity.gram.GramKernel;
import io.similitude.similarity.gram.PackedGram;
import io.similitude.similarity.gram.RbfKernel;
import io.similitude.similarity.gram.UCentring;
import io.similitude.similarity.gram.UnitVector;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.spec.measure.Setting;
import java.util.function.Supplier;

/**
 * Centred kernel alignment of any kernel, biased or not.
 *
 * <pre>
 *   CKA = sum x / sqrt(sum y sum z),   x = HSIC(K, L), y = HSIC(K, K), z = HSIC(L, L) of a batch,
 *   HSIC_0(K, L) = tr(K H L H) / (n-1)^2          biased: at most 1, grows with features / examples,
 *   HSIC_1(K, L) = &lt;A, B&gt; / (n (n-3))            unbiased: A, B as in {@link UCentring}.
 * </pre>
 *
 * <p>The estimator {@code minibatch} sums over the batches. The estimator {@code exact} uses all
 * examples as one batch. Value and standard error as in {@link MinibatchCka}, which is this measure
 * with the linear kernel.
 *
 * <p>Invariant to rotation, scale and shift of the features, not to other linear maps. It is
 * symmetric and 1 for a representation with itself. A constant layer has no CKA. Biased values of
 * independent representations are near p / (p + n), not 0.
 *
 * <p>Sources: S. Kornblith et al., MeasureValue of neural network representations revisited, ICML
 * 2019; A. Gretton et al., Measuring statistical dependence with Hilbert-Schmidt norms, ALT 2005
 * (HSIC_0); L. Song et al., Feature selection via dependence maximization, JMLR 13 (2012), theorem
 * 2 (HSIC_1); T. Nguyen et al., Do wide and deep networks learn the same things?, ICLR 2021.
 */
public class Cka extends ProductMeasure {
  private final GramKernel kernel;
  private final MeasureSpec.Bias bias;

  public Cka(GramKernel kernel, MeasureSpec.Bias bias) {
    this.kernel = kernel;
    this.bias = bias;
  }

  public Cka(MeasureSpec spec) {
    this(GramKernel.of(spec), spec.setting(Setting.BIAS, MeasureSpec.Bias.class));
  }

  @Override
  final UnitVector facet(DenseGram gram) {
    return bias == MeasureSpec.Bias.UNBIASED
        ? unbiased(gram.n(), kernel.offDiagonal(gram))
        : facet(gram.n(), kernel.packed(gram), bias);
  }

  /** A facet that is out of range has the weight 0, but it is not that of a constant layer. */
  private static UnitVector unbiased(int n, GramKernel.OffDiagonal matrix) {
    UnitVector facet = UnitVector.unbiased(n, matrix.packed());
    return facet.weighted(matrix.isOutOfRange() ? 0 : Math.exp(matrix.logUnit()));
  }

  @Override
  MeasureValue of(UnitVector a, UnitVector b) {
    return isOutOfRange(a) || isOutOfRange(b)
        ? MeasureValue.missing(Status.BANDWIDTH_TOO_NARROW)
        : super.of(a, b);
  }

  private static boolean isOutOfRange(UnitVector facet) {
    return facet.root() == 0 && !facet.isZero();
  }

  /** False if a batch may be out of range. Only the computation pair by pair detects that. */
  @Override
  boolean allowsFloat32() {
    return !(kernel instanceof RbfKernel rbf && rbf.bandwidth() < RbfKernel.ALWAYS);
  }

  @Override
  public final boolean hasNull() {
    return bias == MeasureSpec.Bias.UNBIASED;
  }

  @Override
  public final boolean isOfStoredGrams() {
    return kernel == GramKernel.LINEAR && bias == MeasureSpec.Bias.UNBIASED;
  }

  @Override
  public final double write(PackedGram gram, Supplier<DenseGram> dense, float[] vector) {
    return isOfStoredGrams()
        ? UCentring.weight(gram.n(), UCentring.centreInPlace(gram, vector))
        : super.write(gram, dense, vector);
  }

  static UnitVector facet(int n, double[] packed, MeasureSpec.Bias bias) {
    return switch (bias) {
      case UNBIASED -> UnitVector.unbiased(n, packed);
      case BIASED -> UnitVector.biased(n, packed);
    };
  }
}
