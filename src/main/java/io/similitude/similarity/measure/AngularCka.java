package io.similitude.similarity.measure;

import io.similitude.similarity.gram.GramKernel;
import io.similitude.spec.measure.MeasureSpec;

/**
 * The angle arccos CKA, in radians: 0 for the same, pi/2 for nothing in common.
 *
 * <p>A metric in the mathematical sense, up to rotation, scale and shift: CKA is the cosine of the
 * angle between centred kernel matrices, over several batches between all of them laid end to end.
 * That holds for the biased and for the unbiased one; the published one is biased, and so is the
 * default. Of a representation with itself 0. A cosine above 1 by rounding is taken for 1; near 1
 * the angle has half of the digits, and at 1 no standard error.
 *
 * <p>Source: A. H. Williams et al., Generalized shape metrics on neural representations, NeurIPS
 * 2021, section 2.3 and appendix C.
 */
final class AngularCka extends Cka {
  AngularCka(GramKernel kernel, MeasureSpec.Bias bias) {
    super(kernel, bias);
  }

  AngularCka(MeasureSpec spec) {
    super(spec);
  }

  @Override
  public MeasureValue result(MeasureValue ratio) {
    return ratio.map(
        cosine -> Math.acos(bounded(cosine)), cosine -> 1 / Math.sqrt(1 - cosine * cosine));
  }

  @Override
  boolean allowsFloat32() {
    return false;
  }

  @Override
  public double ofItself() {
    return 0;
  }
}
