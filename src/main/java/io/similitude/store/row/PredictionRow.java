package io.similitude.store.row;

import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/** What a checkpoint said of one example. The array is taken over, not copied. */
public final class PredictionRow implements UnitRow {
  private final long exampleId;
  private final Integer label;
  private final int predicted;
  private final float[] logits;
  private final float linf;
  private final float l2;
  private final String gradient;

  /** The same of an example that is shown as it is. */
  public PredictionRow(long exampleId, Integer label, int predicted, float[] logits) {
    this(exampleId, label, predicted, logits, 0, 0, null);
  }

  /**
   * @param exampleId index of the example in the data set
   * @param label true class, or null where the data set has none
   * @param predicted the class with the largest logit
   * @param logits one a class
   * @param linf the largest change of a pixel that the view made
   * @param l2 the Euclidean norm of the change that the view made
   * @param gradient what an attack met at the example; null where none asked for a gradient
   */
  public PredictionRow(
      long exampleId,
      Integer label,
      int predicted,
      float[] logits,
      float linf,
      float l2,
      String gradient) {
    this.exampleId = exampleId;
    this.label = label;
    this.predicted = Objects.checkIndex(predicted, logits.length);
    this.logits = logits;
    this.linf = linf;
    this.l2 = l2;
    this.gradient = gradient;
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
          UnsafeArrayData.fromPrimitiveArray(logits),
          linf,
          l2,
          gradient == null ? null : UTF8String.fromString(gradient)
        });
  }

  /**
   * What a checkpoint said of one example, as far as findings ask.
   *
   * @param label true class; null where the data set has none
   * @param correct whether the checkpoint said so; null likewise
   */
  public record Outcome(long id, Integer label, Boolean correct) {}
}
