package io.similitude.job;

import io.similitude.similarity.DenseGram;
import io.similitude.similarity.Evidence;
import io.similitude.similarity.HsicSums;
import io.similitude.similarity.PairMeasure;
import io.similitude.similarity.PairSums;
import io.similitude.similarity.Similarity;

/** Any measure, one pair after the other. */
final class PairwiseMeasure<F> implements PartMeasure {
  private final PairMeasure<F> measure;
  private final boolean isGroup;
  private final PairSums<F> forward;

  /** The columns with the rows; null where that is the same. */
  private final PairSums<F> backward;

  PairwiseMeasure(PairMeasure<F> measure, PartTask task, PairSums.Pairs wanted) {
    this(measure, task.rows().size(), task.columns().size(), task.isSymmetric(), wanted);
  }

  /**
   * @param isGroup whether the rows are the columns
   */
  PairwiseMeasure(
      PairMeasure<F> measure, int rows, int columns, boolean isGroup, PairSums.Pairs wanted) {
    this.measure = measure;
    this.isGroup = isGroup;
    if (isGroup) {
      // Of a symmetric measure the pairs in order are enough.
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

  /** The same in passes over the examples, each of which is ended. */
  PairwiseMeasure<F> inPasses() {
    forward.inPasses();
    if (backward != null) {
      backward.inPasses();
    }
    return this;
  }

  /** Ends a pass over the examples. */
  void endPass() {
    forward.endPass();
    if (backward != null) {
      backward.endPass();
    }
  }

  @Override
  public Similarity pair(int row, int column) {
    return forward.pair(row, column);
  }

  @Override
  public Similarity reversed(int column, int row) {
    if (measure.isSymmetric()) {
      return pair(row, column);
    }
    return isGroup ? forward.pair(column, row) : backward.pair(column, row);
  }

  @Override
  public Evidence evidence(int row, int column, Similarity similarity) {
    return forward.evidence(row, column);
  }

  @Override
  public Evidence reversedEvidence(int column, int row, Similarity similarity) {
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
