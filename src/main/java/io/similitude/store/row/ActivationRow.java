package io.similitude.store.row;

import static java.util.Objects.requireNonNull;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/** What one layer made of one example. The array is taken over, not copied. */
public final class ActivationRow implements UnitRow {
  private final int position;
  private final String layer;
  private final long exampleId;
  private final float[] features;

  /**
   * @param position index of the layer among the tapped ones
   * @param layer its name
   * @param exampleId index of the example in the data set
   * @param features as the layer returned them, or pooled
   */
  public ActivationRow(int position, String layer, long exampleId, float[] features) {
    this.position = position;
    this.layer = requireNonNull(layer);
    this.exampleId = exampleId;
    this.features = requireNonNull(features);
  }

  @Override
  public Table table() {
    return Table.ACTIVATIONS;
  }

  @Override
  public InternalRow encode(int batch) {
    return new GenericInternalRow(
        new Object[] {
          UTF8String.fromString(layer),
          position,
          exampleId,
          batch,
          UnsafeArrayData.fromPrimitiveArray(features)
        });
  }
}
