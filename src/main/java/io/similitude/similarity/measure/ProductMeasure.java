package io.similitude.similarity.measure;

import io.similitude.similarity.gram.CubicInvariants;
import io.similitude.similarity.gram.DenseGram;
import io.similitude.similarity.gram.PackedGram;
import io.similitude.similarity.gram.UnitVector;
import java.util.function.Supplier;

/**
 * A measure whose value on a batch is the inner product of two unit vectors. So all pairs of R
 * representations come from one product of an R x {@link #length} matrix with its transpose.
 */
public abstract class ProductMeasure extends PairMeasure<UnitVector> {
  ProductMeasure() {}

  @Override
  double root(UnitVector facet) {
    return facet.root();
  }

  @Override
  MeasureValue of(UnitVector a, UnitVector b) {
    return MeasureValue.withoutError(a.cosine(b));
  }

  /** The result is a cosine. Only rounding can bring it outside [-1, 1]. */
  @Override
  double result(double ratio) {
    return bounded(ratio);
  }

  static double bounded(double cosine) {
    return Math.max(-1, Math.min(1, cosine));
  }

  @Override
  CubicInvariants invariants(UnitVector facet, int n) {
    return facet.invariants(n);
  }

  /** The number of entries of the vector, for a batch of n examples. */
  public int length(int n) {
    return PackedGram.length(n);
  }

  /**
   * Writes the unit vector of a representation on a batch, and zeros after its end.
   *
   * @param gram the Gram matrix as it is stored
   * @param dense makes the dense form of the matrix when it is needed
   * @return its weight, 0 for a constant layer
   */
  public double write(PackedGram gram, Supplier<DenseGram> dense, float[] vector) {
    UnitVector facet = facet(dense.get());
    facet.copyTo(vector);
    return facet.root();
  }

  /**
   * Whether float32 products are precise enough. They are not if the result magnifies their
   * rounding.
   */
  boolean allowsFloat32() {
    return true;
  }

  /** Whether a representation has no value at all if it is constant on one batch. */
  boolean needsEveryBatch() {
    return false;
  }

  /** Whether the vectors are those of the stored Gram matrices after U-centring. */
  public boolean isOfStoredGrams() {
    return false;
  }

  /** The measure of a row with a column over all batches. */
  public final MeasureValue pair(HsicSums sums, int row, int column) {
    if (needsEveryBatch()
        && (sums.rowHsic(row) < sums.batches() || sums.columnHsic(column) < sums.batches())) {
      return MeasureValue.missing(Status.CONSTANT_LAYER);
    }
    return result(MinibatchCka.pair(sums, row, column));
  }

  /** The measure of a row with itself. */
  public final MeasureValue itself(HsicSums sums, int row) {
    MeasureValue similarity = pair(sums, row, row);
    return similarity.status() == Status.OK ? MeasureValue.of(ofItself(), 0) : similarity;
  }
}
