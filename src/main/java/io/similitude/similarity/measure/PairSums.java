package io.similitude.similarity.measure;

import io.similitude.similarity.gram.CubicInvariants;
import io.similitude.similarity.gram.DenseGram;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A measure over the pairs of two groups of representations, or of one group with itself, batch by
 * batch. Each representation is given once per batch, then the batch is ended.
 *
 * <p>It holds the sums of {@link HsicSums} for each pair, in passes three times as many, and the
 * facets of one batch. The time per pair is that of the measure. For the spectral measures this is
 * a singular value decomposition, so unwanted pairs are left out.
 *
 * @param <F> the facet of the measure
 */
public final class PairSums<F> {
  private final PairMeasure<F> measure;
  private final Pairs wanted;
  private final boolean isGroup;
  private final Object[] rows;
  private final Object[] columns;
  private final Status[] statuses;
  private final HsicSums sums;

  /** Null if there is only one pass. */
  private PassSums passes;

  private int n;

  private PairSums(
      PairMeasure<F> measure, Pairs wanted, boolean isGroup, Object[] rows, Object[] columns) {
    this.measure = measure;
    this.wanted = wanted;
    this.isGroup = isGroup;
    this.rows = rows;
    this.columns = columns;
    this.sums = HsicSums.empty(rows.length, columns.length);
    this.statuses = new Status[Math.multiplyExact(rows.length, columns.length)];
    Arrays.fill(statuses, Status.OK);
  }

  /** Sums over a rectangle of pairs. */
  public static <F> PairSums<F> of(PairMeasure<F> measure, int rows, int columns, Pairs wanted) {
    return new PairSums<>(measure, wanted, false, new Object[rows], new Object[columns]);
  }

  /**
   * Sums over the pairs of a group with itself. Its representations are given as rows and are also
   * the columns.
   */
  public static <F> PairSums<F> ofGroup(PairMeasure<F> measure, int sites, Pairs wanted) {
    Object[] facets = new Object[sites];
    return new PairSums<>(measure, wanted, true, facets, facets);
  }

  /**
   * These sums, in several passes over the examples. Batches of different passes share examples. So
   * neither the jackknife nor {@link PermutationNull} is valid for them, and there is no evidence.
   */
  public PairSums<F> inPasses() {
    if (sums.batches() > 0) {
      throw new IllegalStateException("Cannot switch to passes: a batch was already added");
    }
    passes = new PassSums(sums);
    return this;
  }

  /** Sets a row's representation on the batch. */
  public void row(int row, DenseGram gram) {
    rows[row] = facet(gram);
  }

  /** Sets a column's representation on the batch. */
  public void column(int column, DenseGram gram) {
    columns[column] = facet(gram);
  }

  /**
   * Adds the batch.
   *
   * @throws IllegalStateException if a representation was not given
   */
  public void endBatch() {
    double[] values = new double[statuses.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        if (wanted.wants(i, j)) {
          values[i * columns.length + j] = value(i, j);
        }
      }
    }
    double[] a = roots(rows);
    double[] b = roots(columns);
    sums.addScaled(values, a, b, n);
    if (passes != null) {
      passes.addScaled(values, a, b, n);
    } else if (measure.hasNull()) {
      sums.addInvariants(invariants(rows), isGroup ? invariants(rows) : invariants(columns));
    }
    Arrays.fill(rows, null);
    Arrays.fill(columns, null);
    n = 0;
  }

  /**
   * Ends a pass over the examples: the next batches divide them in a new way.
   *
   * @throws IllegalStateException if the sums are not {@link #inPasses in passes}
   */
  public void endPass() {
    if (passes == null) {
      throw new IllegalStateException("Cannot end a pass: there is only one pass");
    }
    passes.endPass();
  }

  /** The similarity of a wanted pair, over the batches so far. */
  public MeasureValue pair(int row, int column) {
    Status status = statuses[row * columns.length + column];
    if (status != Status.OK) {
      return MeasureValue.missing(status);
    }
    MeasureValue similarity = measure.result(ratio(row, column));
    boolean isItself = isGroup && row == column && similarity.status() == Status.OK;
    return isItself ? MeasureValue.of(measure.ofItself(), 0) : similarity;
  }

  /** The statistical evidence for a pair, beyond its standard error. */
  public Significance evidence(int row, int column) {
    return passes == null && pair(row, column).status() == Status.OK
        ? measure.evidence(sums, row, column, isGroup && row == column)
        : Significance.NONE;
  }

  /** The measure of a pair without each group of batches. The array is empty in passes. */
  public double[] replicates(int row, int column) {
    return passes == null && pair(row, column).status() == Status.OK
        ? measure.replicates(sums, row, column, isGroup && row == column)
        : new double[0];
  }

  /** The sums themselves. The significance is computed from them. */
  public HsicSums sums() {
    return sums;
  }

  private MeasureValue ratio(int row, int column) {
    return passes == null ? MinibatchCka.pair(sums, row, column) : passes.pair(row, column);
  }

  private F facet(DenseGram gram) {
    if (n != 0 && gram.n() != n) {
      throw new IllegalArgumentException(
          "Invalid Gram matrix: n = %d (must be %d)".formatted(gram.n(), n));
    }
    n = gram.n();
    return measure.facet(gram);
  }

  private double value(int i, int j) {
    MeasureValue similarity = measure.of(at(rows, i), at(columns, j));
    if (similarity.status() != Status.OK && statuses[i * columns.length + j] == Status.OK) {
      statuses[i * columns.length + j] = similarity.status();
    }
    return similarity.value().orElse(0);
  }

  private double[] roots(Object[] facets) {
    double[] roots = new double[facets.length];
    Arrays.setAll(roots, i -> measure.root(at(facets, i)));
    return roots;
  }

  private List<CubicInvariants> invariants(Object[] facets) {
    return IntStream.range(0, facets.length)
        .mapToObj(i -> measure.invariants(at(facets, i), n))
        .toList();
  }

  /** Only {@link #facet} fills the arrays. */
  @SuppressWarnings("unchecked")
  private F at(Object[] facets, int i) {
    if (facets[i] == null) {
      throw new IllegalStateException("Cannot end a batch: representation " + i + " was not given");
    }
    return (F) facets[i];
  }

  /** Which pairs are compared. */
  @FunctionalInterface
  public interface Pairs {
    boolean wants(int row, int column);
  }
}
