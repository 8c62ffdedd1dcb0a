package io.similitude.comparison.gram;

import io.similitude.similarity.measure.HsicSums;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Significance;

/**
 * Computes one measure for the pairs of a part, batch by batch. For each batch, each site of the
 * rows is added once. The sites of the columns are added too, unless the part compares a group with
 * itself. Then the batch is ended. A Gram matrix is valid until the call returns.
 */
interface Accumulator extends AutoCloseable {
  void row(int row, SiteGram gram);

  void column(int column, SiteGram gram);

  /**
   * Adds a representation that is partialled out, by its name in the spec. Only some measures use
   * it.
   */
  default void given(String name, SiteGram gram) {}

  void endBatch();

  /** The measure of a row with a column, over the batches so far. */
  MeasureValue pair(int row, int column);

  /** The measure of a column with a row. It is another value if the measure is not symmetric. */
  MeasureValue reversed(int column, int row);

  /**
   * Further evidence for the measure of a row with a column: its significance. The value of the
   * measure is given.
   */
  Significance evidence(int row, int column, MeasureValue similarity);

  /**
   * Further evidence for the measure of a column with a row: its significance. The value of the
   * measure is given.
   */
  Significance reversedEvidence(int column, int row, MeasureValue similarity);

  /**
   * The measure of a row with a column, recomputed without each group of batches in turn. It is
   * empty if the measure has no replicates.
   */
  default double[] replicates(int row, int column) {
    return new double[0];
  }

  boolean isSymmetric();

  /** The sums that know the number of examples and batches. */
  HsicSums sums();

  @Override
  void close();
}
