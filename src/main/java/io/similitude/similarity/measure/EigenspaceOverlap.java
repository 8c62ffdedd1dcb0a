package io.similitude.similarity.measure;

import io.similitude.similarity.gram.DenseGram;
import io.similitude.similarity.gram.Spectrum;
import io.similitude.similarity.gram.Vectors;
import io.similitude.spec.measure.MeasureSpec;

/**
 * The overlap of the spaces of the leading directions.
 *
 * <pre>
 *   E = |U_k&#7488; W_l|_F^2 / max(k, l),
 * </pre>
 *
 * <p>k and l are those of {@link Svcca}. The published score uses all directions, {@code variance:
 * 1}, of embeddings with few dimensions.
 *
 * <p>Invariant to rotation, scale and shift of the features. It is symmetric, between 0 and 1, and
 * 1 for a representation with itself. A constant layer has no value. For independent
 * representations it is near min(k, l) / n.
 *
 * <p>Source: A. May, J. Zhang, T. Dao, C. Re, On the downstream performance of compressed word
 * embeddings, NeurIPS 2019, definition 2.
 */
final class EigenspaceOverlap extends SpectralMeasure {
  private final Leading leading;

  EigenspaceOverlap(MeasureSpec spec) {
    this.leading = Leading.of(spec);
  }

  @Override
  Spectrum facet(DenseGram gram) {
    return leading.of(gram.spectrum());
  }

  @Override
  MeasureValue ofDirections(Spectrum a, Spectrum b) {
    double[] cosines = a.cosines(b);
    double overlap = Vectors.dot(cosines, cosines) / Math.max(a.rank(), b.rank());
    // These are cosines of orthonormal bases: only rounding can make the mean of their squares
    // larger than 1.
    return MeasureValue.withoutError(Math.min(1, overlap));
  }
}
