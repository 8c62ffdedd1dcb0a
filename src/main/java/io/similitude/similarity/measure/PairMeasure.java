package io.similitude.similarity.measure;

import io.similitude.similarity.gram.CubicInvariants;
import io.similitude.similarity.gram.DenseGram;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * A measure of the similarity of two representations, on one batch after the other.
 *
 * <p>What can be made of a representation alone, its facet, is made once a batch; a pair costs what
 * {@link #of} does. Over the batches every measure is a ratio of sums,
 *
 * <pre>
 *   r = sum x / sqrt(sum y sum z),   x = of(a, b) sqrt(y z),  sqrt y = root(a),  sqrt z = root(b):
 * </pre>
 *
 * <p>with y the HSIC of a with itself that is minibatch CKA (Nguyen et al. 2021). A measure that
 * has no such sums leaves every root at 1, and then r is the mean of its values over the batches
 * with the standard error of a mean. Means over batches are not what the whole data set would give:
 * CCA and Procrustes depend on the number of examples, and nearest neighbours have fewer to choose
 * from. They compare pairs on equal terms, and with all examples in one batch they are exact.
 *
 * <p>A pair that has no value on one of its batches has none.
 *
 * @param <F> the facet
 */
public abstract class PairMeasure<F> {
  PairMeasure() {}

  /** What the measure keeps of a representation on a batch. */
  abstract F facet(DenseGram gram);

  /**
   * The weight of a facet in the ratio of sums; 0 where it has no value, as of a constant layer.
   */
  double root(F facet) {
    return 1;
  }

  /** The measure on a batch; without a standard error. */
  abstract MeasureValue of(F a, F b);

  /** What the ratio of sums is turned into, value and standard error. */
  public MeasureValue result(MeasureValue ratio) {
    return ratio;
  }

  /**
   * Whether it wants the features themselves where they were kept, because Gram matrices in float32
   * do not have all that it measures.
   */
  public boolean wantsFeatures() {
    return false;
  }

  /** The same of the ratio alone. */
  public final double result(double ratio) {
    return result(MeasureValue.withoutError(ratio)).value().orElseThrow();
  }

  /** Bytes of the heap that a facet takes on a batch of n examples, at most. */
  public long facetBytes(int n) {
    return (long) n * (n + 1) / 2 * Double.BYTES;
  }

  /** Floating-point operations of a pair on a batch of n examples, about. */
  public double pairFlops(int n) {
    return (double) n * n;
  }

  /**
   * What speaks for the measure of a row with a column, beside its standard error.
   *
   * @param isItself whether they are the same representation, which is no hypothesis
   */
  public final Significance evidence(HsicSums sums, int row, int column, boolean isItself) {
    OptionalDouble error =
        isItself
            ? OptionalDouble.of(0)
            : Jackknife.error(sums, row, column, this::result).stream()
                .filter(Double::isFinite)
                .findFirst();
    return isItself || !hasNull()
        ? Significance.withoutNull(error)
        : Significance.ofPair(error, sums.nullMoments(row, column), sums.hsic(row, column));
  }

  /**
   * The measure of a row with a column without each group of batches; none where one of these
   * values does not exist, and with one batch.
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
    boolean exist = without.length > 1 && Arrays.stream(without).allMatch(Double::isFinite);
    return exist ? without : new double[0];
  }

  /**
   * Whether {@link PermutationNull} is the distribution of the sum of x where representations have
   * nothing to do with each other: x is the inner product of U-centred matrices.
   */
  public boolean hasNull() {
    return false;
  }

  /** What the third moment of the null needs to know of a facet. */
  CubicInvariants invariants(F facet, int n) {
    return CubicInvariants.none(n);
  }

  /** The measure of a representation with itself, wherever that has a value. */
  public double ofItself() {
    return 1;
  }

  /** Whether (a, b) and (b, a) have the same value. */
  public boolean isSymmetric() {
    return true;
  }

  /** Whether it needs of features narrower than long no matrix of all pairs of examples. */
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
