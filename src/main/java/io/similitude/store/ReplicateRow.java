package io.similitude.store;

import static java.util.Objects.requireNonNull;

import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.table.Site;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A similarity with the values that it has without each group of batches.
 *
 * @param without empty where there are none; taken over, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
public record ReplicateRow(
    MeasureColumns measure, Site a, Site b, MeasureValue similarity, double[] without) {
  public ReplicateRow {
    requireNonNull(measure);
    requireNonNull(a);
    requireNonNull(b);
    requireNonNull(similarity);
  }

  InternalRow encode() {
    Double value = similarity.value().isPresent() ? similarity.value().getAsDouble() : null;
    return new GenericInternalRow(
        new Object[] {
          word(measure.metric()),
          part(measure.kernel()),
          part(measure.estimator()),
          part(measure.bias()),
          part(measure.parameters()),
          word(a.checkpoint()),
          word(a.view()),
          word(a.layer()),
          a.position(),
          word(b.checkpoint()),
          word(b.view()),
          word(b.layer()),
          b.position(),
          value,
          word(similarity.status().label()),
          UnsafeArrayData.fromPrimitiveArray(without)
        });
  }

  private static UTF8String part(String part) {
    return part.isEmpty() ? null : word(part);
  }

  private static UTF8String word(String word) {
    return UTF8String.fromString(word);
  }
}
