package io.similitude.similarity.measure;

import io.similitude.similarity.gram.Spectrum;

/**
 * The angle that the best rotation leaves between two representations, arccos |X&#7488;
 * Y|<sub>*</sub> at unit Frobenius norms, in radians; see {@link Procrustes}.
 *
 * <p>A metric in the mathematical sense, up to rotation, scale and shift of the features; so is the
 * mean of the angles over batches. It is symmetric, 0 for a representation with itself, and at most
 * pi/2. A constant layer has no angle. A cosine above 1 by rounding counts as 1.
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
