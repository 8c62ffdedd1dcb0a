package io.similitude.similarity.measure;

import io.similitude.spec.measure.MeasureSpec;

/**
 * Mutual nearest neighbours, the mean over the examples of |N<sub>i</sub>(a) and N<sub>i</sub>(b)|
 * / k.
 *
 * <p>Invariant to rotation, scale and, with features centred within the batch, shift. It is
 * symmetric, between 0 and 1, and 1 for a representation with itself. A constant layer has no
 * value. For independent representations it is k / (n - 1) on average. Over batches it is the mean.
 * Neighbours are examples of the same batch.
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
