package io.similitude.store;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.example.data.Group;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The Gram matrix X X^T of one layer on one batch, X being n x features with centred columns.
 * Stored is its upper triangle, diagonal included, row by row: n (n + 1) / 2 little-endian float32.
 * The array is taken over, not copied.
 */
public final class GramRow implements UnitRow {
  private final int position;
  private final String layer;
  private final int n;
  private final float[] gram;

  /**
   * @param position index of the layer among the tapped ones
   * @param layer its name
   * @param n number of examples in the batch
   * @param gram packed upper triangle, n (n + 1) / 2 values
   */
  public GramRow(int position, String layer, int n, float[] gram) {
    if (n < 1 || gram.length != (long) n * (n + 1) / 2) {
      throw new IllegalArgumentException(
          "Invalid Gram matrix of layer %s: %d values for n = %d (must be n (n + 1) / 2)"
              .formatted(layer, gram.length, n));
    }
    this.position = position;
    this.layer = requireNonNull(layer);
    this.n = n;
    this.gram = gram;
  }

  public int position() {
    return position;
  }

  public String layer() {
    return layer;
  }

  public int n() {
    return n;
  }

  /** The packed upper triangle itself, no copy. */
  public float[] gram() {
    return gram;
  }

  @Override
  public Table table() {
    return Table.GRAMS;
  }

  @Override
  public InternalRow encode(int batch) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * gram.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(gram);
    return new GenericInternalRow(
        new Object[] {UTF8String.fromString(layer), position, batch, n, bytes.array()});
  }

  static GramRow decode(Group row) {
    ByteBuffer bytes = row.getBinary("gram", 0).toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    float[] gram = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(gram);
    return new GramRow(
        row.getInteger("position", 0), row.getString("layer", 0), row.getInteger("n", 0), gram);
  }
}
