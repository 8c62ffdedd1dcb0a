package io.similitude.similarity.measure;

import io.similitude.similarity.gram.CubicInvariants;
import io.similitude.similarity.gram.DenseGram;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * A measure of the similarity of two representations, batch by batch.
 *
 * <p>The part that depends on one representation alone is its facet. It is computed once per batch.
 * A pair then costs one call of {@link #of}. Over the batches every measure is a ratio of sums,
 *
 * <pre>
 *   r = sum x / sqrt(sum y sum z),   x = of(a, b) sqrt(y z),  sqrt y = root(a),  sqrt z = root(b):
 * </pre>
 *
 * <p>If y is the HSIC of a with itself, this is minibatch CKA (Nguyen et al. 2021). A measure
 * without such sums leaves every root at 1. Then r is the mean of its values over the batches with
 * the standard error of a mean. Means over batches differ from the value of the whole data set: CCA
 * and Procrustes depend on the number of examples, and a batch has fewer candidates for neighbours.
 * All pairs are still compared in the same way. With all examples in one batch the values are
 * exact.
 *
 * <p>If a pair has no value on one of its batches, it has no value at all.
 *
 * @param <F> the facet
 */
public abstract class PairMeasure<F> {
  PairMeasure() {}

  /** Computes the facet of a representation on a batch. */
  abstract F facet(DenseGram gram);

  /** The weight of a facet in the ratio of sums; 0 if it has no value, as for a constant layer. */
  double root(F facet) {
    return 1;
  }

  /** The measure on a batch, without a standard error. */
  abstract MeasureValue of(F a, F b);

  /** Turns the ratio of sums into the result, with its standard error by the delta method. */
  public final MeasureValue result(MeasureValue ratio) {
    return ratio.map(this::result, this::slope);
  }

  /** Turns the ratio of sums into the result. */
  double result(double ratio) {
    return Math.min(most(), ratio);
  }

  /**
   * The size of the derivative of {@link #result(double)}. If it is infinite, there is no error.
   */
  double slope(double ratio) {
    return 1;
  }

  /** The largest possible value. Only rounding can make a ratio larger. */
  double most() {
    return 1;
  }

  /**
   * Whether it uses the features themselves if they were kept, because Gram matrices in float32
   * lack information that it needs.
   */
  public boolean wantsFeatures() {
    return false;
  }

  /** The most bytes of heap that a facet takes on a batch of n examples. */
  public long facetBytes(int n) {
    return (long) n * (n + 1) / 2 * Double.BYTES;
  }

  /** The approximate number of floating-point operations for a pair on a batch of n examples. */
  public double pairFlops(int n) {
    return (double) n * n;
  }

  /**
   * The statistical evidence for the measure of a row with a column, beyond its standard error.
   *
   * @param isItself whether they are the same representation; then no hypothesis is tested
   */
  public final Significance evidence(HsicSums sums, int row, int column, boolean isItself) {
    OptionalDouble error =
        isItself ? OptionalDouble.of(0) : Jackknife.error(sums, row, column, this::result);
    return isItself || !hasNull()
        ? Significance.withoutNull(error)
        : Significance.ofPair(error, sums.nullMoments(row, column), sums.hsic(row, column));
  }

  /**
   * The measure of a row with a column without each group of batches. The array is empty if one of
   * these values does not exist, or with one batch.
   *
   * @param isItself whether they are the same representation
   */
  public final double[] replicates(HsicSums sums, int row, int column, boolean isItself) {
    if (isItself) {
      double[] same = new double[sums.groups() > 1 ? sums.groups() : 0];
      Arrays.fill(same, ofItself());
      return same;
    }
    double[] without = Jackknife.replicates(sums, row, column, this::result);
    return without.length > 1 ? without : new double[0];
  }

  /**
   * Whether {@link PermutationNull} is the distribution of the sum of x for unrelated
   * representations. It is if x is the inner product of U-centred matrices.
   */
  public boolean hasNull() {
    return false;
  }

  /** The invariants of a facet, which the third moment of the null needs. */
  CubicInvariants invariants(F facet, int n) {
    return CubicInvariants.none(n);
  }

  /** The measure of a representation with itself, if that has a value. */
  public double ofItself() {
    return 1;
  }

  /** Whether (a, b) and (b, a) have the same value. */
  public boolean isSymmetric() {
    return true;
  }

  /**
   * Whether it needs no matrix of all pairs of examples if there are fewer features than examples.
   */
  public boolean isOfDirections() {
    return false;
  }

  /** The measure on one batch. */
  public final MeasureValue of(DenseGram a, DenseGram b) {
    PairSums<F> sums = PairSums.of(this, 1, 1, (row, column) -> true);
    sums.row(0, a);
    sums.column(0, b);
    sums.endBatch();
    return sums.pair(0, 0);
  }
}
