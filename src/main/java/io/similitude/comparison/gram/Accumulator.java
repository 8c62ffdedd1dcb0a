package io.similitude.comparison.gram;

import io.similitude.similarity.measure.HsicSums;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Significance;

/**
 * One measure over the pairs of a part, batch by batch: each site is given once, as a row and,
 * unless the part is a group with itself, the columns' sites as columns; then the batch is ended.
 */
interface Accumulator extends AutoCloseable {
  void row(int row, SiteGram gram);

  void column(int column, SiteGram gram);

  /** Gives what is partialled out, by the name that the spec has for it; not all want it. */
  default void given(String name, SiteGram gram) {}

  void endBatch();

  /** The measure of a row with a column, over the batches so far. */
  MeasureValue pair(int row, int column);

  /** The measure of a column with a row: another value where the measure is not symmetric. */
  MeasureValue reversed(int column, int row);

  /** What else speaks for the measure of a row with a column, which is given. */
  Significance evidence(int row, int column, MeasureValue similarity);

  /** What else speaks for the measure of a column with a row, which is given. */
  Significance reversedEvidence(int column, int row, MeasureValue similarity);

  /** The measure of a row with a column without each group of batches; none where it has none. */
  default double[] replicates(int row, int column) {
    return new double[0];
  }

  boolean isSymmetric();

  /** What knows the number of examples and batches. */
  HsicSums sums();

  @Override
  void close();
}
