package io.similitude.similarity;

import io.similitude.spec.Bias;
import io.similitude.spec.Kernel;
import io.similitude.spec.Setting;
import io.similitude.spec.SimilaritySpec;

/** A measure that is a function of exact linear CKA: CKA itself, and its angle. */
public final class ExactMeasure {
  private final Cka cka;
  private final Bias bias;

  private ExactMeasure(Cka cka, Bias bias) {
    this.cka = cka;
    this.bias = bias;
  }

  /** Whether all N examples can be taken together without an N x N matrix in memory. */
  public static boolean covers(SimilaritySpec spec) {
    return Measures.of(spec) instanceof Cka
        && spec.setting(Setting.KERNEL, Kernel.class) == Kernel.LINEAR;
  }

  /**
   * The measure that a spec asks for.
   *
   * @throws IllegalArgumentException if it is not {@link #covers covered}
   */
  public static ExactMeasure of(SimilaritySpec spec) {
    if (!covers(spec)) {
      throw new IllegalArgumentException(
          "Invalid measure: " + spec.metric() + " (must be a function of linear CKA)");
    }
    return new ExactMeasure((Cka) Measures.of(spec), spec.setting(Setting.BIAS, Bias.class));
  }

  /** Which HSIC it is a ratio of. */
  public Bias bias() {
    return bias;
  }

  /** The measure of a pair from its CKA. */
  public Similarity of(Similarity ratio) {
    return cka.result(ratio);
  }

  /** The measure of a representation with itself, from its CKA. */
  public Similarity ofItself(Similarity ratio) {
    return ratio.status() == Status.OK ? Similarity.of(cka.ofItself(), 0) : ratio;
  }
}
