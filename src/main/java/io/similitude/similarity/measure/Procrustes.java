package io.similitude.similarity.measure;

import io.similitude.similarity.gram.Lapack;
import io.similitude.similarity.gram.Spectrum;
import io.similitude.similarity.gram.Vectors;
import java.util.Arrays;

/**
 * The orthogonal Procrustes distance, squared, of features that are centred and scaled to unit
 * Frobenius norm.
 *
 * <pre>
 *   d = min over rotations Q of |X Q - Y|_F^2 = 2 - 2 |X&#7488; Y|_*
 * </pre>
 *
 * <p>with |.|<sub>*</sub> the sum of singular values; that of X&#7488; Y equals that of diag(s)
 * U&#7488; W diag(t), which Gram matrices give. The narrower of the two is padded with zeros.
 *
 * <p>Invariant to rotation, scale and shift of the features, not to other linear maps. It is
 * symmetric and between 0 and 2. It is 0 for a representation with itself. A constant layer has no
 * distance. With more features than examples it exists, but it is small for any pair.
 *
 * <p>Source: F. Ding, J.-S. Denain, J. Steinhardt, Grounding representation similarity through
 * statistical testing, NeurIPS 2021, section 2; the solution is P. H. Schonemann's, Psychometrika
 * 31 (1966).
 */
final class Procrustes extends SpectralMeasure {
  @Override
  MeasureValue ofDirections(Spectrum a, Spectrum b) {
    return MeasureValue.withoutError(2 - 2 * Math.min(1, nuclearNorm(a, b)));
  }

  @Override
  double most() {
    return 2;
  }

  @Override
  public double ofItself() {
    return 0;
  }

  /** |X&#7488; Y|<sub>*</sub> at unit Frobenius norms. */
  static double nuclearNorm(Spectrum a, Spectrum b) {
    double[] s = a.values();
    double[] t = b.values();
    double norms = Math.sqrt(Vectors.dot(s, s)) * Math.sqrt(Vectors.dot(t, t));
    double[] product = a.cosines(b);
    for (int i = 0; i < s.length; i++) {
      for (int j = 0; j < t.length; j++) {
        product[i * t.length + j] *= s[i] * t[j] / norms;
      }
    }
    return Arrays.stream(Lapack.singularValues(t.length, s.length, product)).sum();
  }
}
