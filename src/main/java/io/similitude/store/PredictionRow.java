package io.similitude.store;

import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;

/** What a checkpoint said of one example. The array is taken over, not copied. */
public final class PredictionRow implements UnitRow {
  private final long exampleId;
  private final Integer label;
  private final int predicted;
  private final float[] logits;

  /**
   * @param exampleId index of the example in the data set
   * @param label true class, or null where the data set has none
   * @param predicted the class with the largest logit
   * @param logits one a class
   */
  public PredictionRow(long exampleId, Integer label, int predicted, float[] logits) {
    this.exampleId = exampleId;
    this.label = label;
    this.predicted = Objects.checkIndex(predicted, logits.length);
    this.logits = logits;
  }

  @Override
  public Table table() {
    return Table.PREDICTIONS;
  }

  @Override
  public InternalRow encode(int batch) {
    return new GenericInternalRow(
        new Object[] {
          batch,
          exampleId,
          label,
          predicted,
          label == null ? null : label == predicted,
          UnsafeArrayData.fromPrimitiveArray(logits)
        });
  }
}
