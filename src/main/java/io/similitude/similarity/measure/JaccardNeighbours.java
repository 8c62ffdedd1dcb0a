package io.similitude.similarity.measure;

import io.similitude.spec.measure.MeasureSpec;

/**
 * The Jaccard overlap of nearest neighbours, the mean over the examples of |N<sub>i</sub>(a) and
 * N<sub>i</sub>(b)| / |N<sub>i</sub>(a) or N<sub>i</sub>(b)|.
 *
 * <p>Invariant to rotation, scale and, with features centred within the batch, shift. It is
 * symmetric, between 0 and 1, and 1 for a representation with itself. A constant layer has no
 * value. Over batches it is the mean. Neighbours are examples of the same batch.
 *
 * <p>Source: M. Klabunde, T. Schumacher, M. Strohmaier, F. Lemmerich, Similarity of neural network
 * models: a survey of functional and representational measures, ACM Computing Surveys 2025, section
 * 3.4; first in L. Schumacher et al., The effects of randomness on the stability of node
 * embeddings, 2021.
 */
final class JaccardNeighbours extends NeighbourMeasure {
  JaccardNeighbours(MeasureSpec spec) {
    super(spec);
  }

  @Override
  double overlap(int common, int k) {
    return (double) common / (2 * k - common);
  }
}
