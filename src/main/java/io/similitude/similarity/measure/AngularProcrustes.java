package io.similitude.similarity.measure;

import io.similitude.similarity.gram.Spectrum;

/**
 * The angle that the best rotation leaves between two representations, arccos |X&#7488;
 * Y|<sub>*</sub> at unit Frobenius norms, in radians; see {@link Procrustes}.
 *
 * <p>A metric in the mathematical sense, up to rotation, scale and shift of the features; so is the
 * mean of the angles over batches. Symmetric, 0 of a representation with itself, at most pi/2; a
 * constant layer has none. A cosine above 1 by rounding is taken for 1.
 *
 * <p>Source: A. H. Williams et al., Generalized shape metrics on neural representations, NeurIPS
 * 2021, proposition 1 and section 2.2.
 */
final class AngularProcrustes extends SpectralMeasure {
  @Override
  MeasureValue ofDirections(Spectrum a, Spectrum b) {
    return MeasureValue.withoutError(Math.acos(Math.min(1, Procrustes.nuclearNorm(a, b))));
  }

  @Override
  double most() {
    return Math.PI / 2;
  }

  @Override
  public double ofItself() {
    return 0;
  }
}
