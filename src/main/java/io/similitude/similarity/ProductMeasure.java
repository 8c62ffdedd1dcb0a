package io.similitude.similarity;

/** A measure whose value on a batch is the inner product of two unit vectors. */
abstract class ProductMeasure extends PairMeasure<UnitVector> {
  @Override
  final double root(UnitVector facet) {
    return facet.root();
  }

  @Override
  final Similarity of(UnitVector a, UnitVector b) {
    return Similarity.withoutError(a.cosine(b));
  }
}
