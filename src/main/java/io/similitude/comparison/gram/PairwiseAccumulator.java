package io.similitude.comparison.gram;

import io.similitude.comparison.PartTask;
import io.similitude.similarity.gram.DenseGram;
import io.similitude.similarity.measure.HsicSums;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.PairMeasure;
import io.similitude.similarity.measure.PairSums;
import io.similitude.similarity.measure.Significance;

/** Computes any measure, one pair after the other. */
public final class PairwiseAccumulator<F> implements Accumulator {
  private final PairMeasure<F> measure;
  private final boolean isGroup;
  private final PairSums<F> forward;

  /** The columns with the rows; null if that is the same as the rows with the columns. */
  private final PairSums<F> backward;

  public PairwiseAccumulator(PairMeasure<F> measure, PartTask task, PairSums.Pairs wanted) {
    this(measure, task.rows().size(), task.columns().size(), task.isSymmetric(), wanted);
  }

  /**
   * @param isGroup whether the rows and the columns are the same group
   */
  public PairwiseAccumulator(
      PairMeasure<F> measure, int rows, int columns, boolean isGroup, PairSums.Pairs wanted) {
    this.measure = measure;
    this.isGroup = isGroup;
    if (isGroup) {
      // For a symmetric measure, one order of each pair is enough.
      forward =
          PairSums.ofGroup(
              measure, rows, (i, j) -> (i <= j || !measure.isSymmetric()) && wanted.wants(i, j));
      backward = null;
    } else {
      forward = PairSums.of(measure, rows, columns, wanted);
      backward =
          measure.isSymmetric()
              ? null
              : PairSums.of(measure, columns, rows, (i, j) -> wanted.wants(j, i));
    }
  }

  @Override
  public void row(int row, SiteGram gram) {
    forward.row(row, dense(gram));
    if (backward != null) {
      backward.column(row, dense(gram));
    }
  }

  @Override
  public void column(int column, SiteGram gram) {
    forward.column(column, dense(gram));
    if (backward != null) {
      backward.row(column, dense(gram));
    }
  }

  @Override
  public void endBatch() {
    forward.endBatch();
    if (backward != null) {
      backward.endBatch();
    }
  }

  /** The same accumulator for several passes over the examples. Each pass must be ended. */
  public PairwiseAccumulator<F> inPasses() {
    forward.inPasses();
    if (backward != null) {
      backward.inPasses();
    }
    return this;
  }

  /** Ends a pass over the examples. */
  public void endPass() {
    forward.endPass();
    if (backward != null) {
      backward.endPass();
    }
  }

  @Override
  public MeasureValue pair(int row, int column) {
    return forward.pair(row, column);
  }

  @Override
  public MeasureValue reversed(int column, int row) {
    if (measure.isSymmetric()) {
      return pair(row, column);
    }
    return isGroup ? forward.pair(column, row) : backward.pair(column, row);
  }

  @Override
  public Significance evidence(int row, int column, MeasureValue similarity) {
    return forward.evidence(row, column);
  }

  @Override
  public Significance reversedEvidence(int column, int row, MeasureValue similarity) {
    if (measure.isSymmetric()) {
      return evidence(row, column, similarity);
    }
    return (isGroup ? forward : backward).evidence(column, row);
  }

  @Override
  public double[] replicates(int row, int column) {
    return forward.replicates(row, column);
  }

  @Override
  public boolean isSymmetric() {
    return measure.isSymmetric();
  }

  @Override
  public HsicSums sums() {
    return forward.sums();
  }

  @Override
  public void close() {}

  private DenseGram dense(SiteGram gram) {
    return measure.wantsFeatures() ? gram.withFeatures() : gram.dense();
  }
}
