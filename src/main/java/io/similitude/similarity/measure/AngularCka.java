package io.similitude.similarity.measure;

import io.similitude.similarity.gram.GramKernel;
import io.similitude.spec.measure.MeasureSpec;

/**
 * The angle arccos CKA, in radians: 0 for equal representations, pi/2 for representations with
 * nothing in common.
 *
 * <p>A metric in the mathematical sense, up to rotation, scale and shift: CKA is the cosine of the
 * angle between centred kernel matrices, over several batches, between the concatenated matrices of
 * all batches. That is true for biased and for unbiased CKA. The published version is biased, and
 * so is the default. The angle of a representation with itself is 0. A cosine above 1 by rounding
 * counts as 1. Near 1 the angle has only half of the digits, and at 1 it has no standard error.
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
  double result(double cosine) {
    return Math.acos(bounded(cosine));
  }

  @Override
  double slope(double cosine) {
    return 1 / Math.sqrt(1 - cosine * cosine);
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
