package io.similitude.similarity.exact;

import io.similitude.similarity.measure.Cka;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Measures;
import io.similitude.similarity.measure.Status;
import io.similitude.spec.measure.Kernel;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.spec.measure.Setting;

/** A measure that is a function of exact linear CKA: CKA itself, and its angle. */
public final class ExactMeasure {
  private final Cka cka;
  private final MeasureSpec.Bias bias;

  private ExactMeasure(Cka cka, MeasureSpec.Bias bias) {
    this.cka = cka;
    this.bias = bias;
  }

  /** Whether the measure can use all N examples together without an N x N matrix in memory. */
  public static boolean covers(MeasureSpec spec) {
    return Measures.of(spec) instanceof Cka
        && spec.setting(Setting.KERNEL, Kernel.class) == Kernel.LINEAR;
  }

  /**
   * The measure that a spec asks for.
   *
   * @throws IllegalArgumentException if it is not {@link #covers covered}
   */
  public static ExactMeasure of(MeasureSpec spec) {
    if (!covers(spec)) {
      throw new IllegalArgumentException(
          "Invalid measure: " + spec.metric() + " (must be a function of linear CKA)");
    }
    return new ExactMeasure(
        (Cka) Measures.of(spec), spec.setting(Setting.BIAS, MeasureSpec.Bias.class));
  }

  /** The estimator of HSIC that the ratio uses. */
  public MeasureSpec.Bias bias() {
    return bias;
  }

  /** The measure of a pair from its CKA. */
  public MeasureValue of(MeasureValue ratio) {
    return cka.result(ratio);
  }

  /** The measure of a representation with itself, from its CKA. */
  public MeasureValue ofItself(MeasureValue ratio) {
    return ratio.status() == Status.OK ? MeasureValue.of(cka.ofItself(), 0) : ratio;
  }
}
