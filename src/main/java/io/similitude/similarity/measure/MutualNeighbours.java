package io.similitude.similarity.measure;

import io.similitude.spec.measure.MeasureSpec;

/**
 * Mutual nearest neighbours, the mean over the examples of |N<sub>i</sub>(a) and N<sub>i</sub>(b)|
 * / k.
 *
 * <p>Invariant to rotation, scale and, with features centred within the batch, shift. Symmetric,
 * between 0 and 1; 1 of a representation with itself; a constant layer has none. Of independent
 * representations k / (n - 1) on average. Over batches the mean, neighbours being those of the
 * batch.
 *
 * <p>Source: M. Huh, B. Cheung, T. Wang, P. Isola, The Platonic representation hypothesis, ICML
 * 2024, appendix A (there with the inner product of normalised features, here {@code dissimilarity:
 * cosine}).
 */
final class MutualNeighbours extends NeighbourMeasure {
  MutualNeighbours(MeasureSpec spec) {
    super(spec);
  }

  @Override
  double overlap(int common, int k) {
    return (double) common / k;
  }
}
