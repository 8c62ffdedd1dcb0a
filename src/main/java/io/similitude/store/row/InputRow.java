package io.similitude.store.row;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;

/** One example as a view showed it. The array is taken over, not copied. */
public final class InputRow implements UnitRow {
  private final long exampleId;
  private final List<Integer> shape;
  private final float[] input;

  /**
   * @param exampleId index of the example in the data set
   * @param shape channels, height, width
   * @param input the pixels, row-major
   */
  public InputRow(long exampleId, List<Integer> shape, float[] input) {
    this.exampleId = exampleId;
    this.shape = List.copyOf(shape);
    this.input = input;
  }

  @Override
  public Table table() {
    return Table.INPUTS;
  }

  @Override
  public InternalRow encode(int batch) {
    int[] sides = shape.stream().mapToInt(Integer::intValue).toArray();
    return new GenericInternalRow(
        new Object[] {
          batch,
          exampleId,
          UnsafeArrayData.fromPrimitiveArray(sides),
          UnsafeArrayData.fromPrimitiveArray(input)
        });
  }
}
