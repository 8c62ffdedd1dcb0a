package io.similitude.store;

import static java.util.Objects.requireNonNull;

import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Status;
import io.similitude.similarity.table.Site;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A similarity, with its values when each group of batches is left out.
 *
 * @param without the values; empty if there are none; the array is not copied
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
    UTF8String[] words = MeasureFields.encode(measure);
    return new GenericInternalRow(
        new Object[] {
          words[0],
          words[1],
          words[2],
          words[3],
          words[4],
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

  private static UTF8String word(String word) {
    return UTF8String.fromString(word);
  }

  /** Decodes a row of {@link Tables#open}. Its columns are found by name. */
  public static ReplicateRow decode(Row row) {
    Double value = row.getAs("value");
    Status status = Status.labelled(row.getAs("status"));
    List<Double> without = row.getList(row.fieldIndex("without"));
    return new ReplicateRow(
        MeasureFields.decode(row),
        site(row, "a"),
        site(row, "b"),
        value == null ? MeasureValue.missing(status) : MeasureValue.withoutError(value),
        without.stream().mapToDouble(it -> it).toArray());
  }

  private static Site site(Row row, String side) {
    return new Site(
        row.getAs(side + "_checkpoint"),
        row.getAs(side + "_view"),
        row.getAs(side + "_layer"),
        row.<Integer>getAs(side + "_position"));
  }

  /**
   * Writes the replicates of one part. {@link #commit} makes them visible. If the writer is closed
   * without a commit, it leaves no file.
   */
  public static final class Writer implements AutoCloseable {
    private final TableWriter out;

    Writer(TableWriter out) {
      this.out = out;
    }

    public void add(ReplicateRow row) throws IOException {
      out.write(row.encode());
    }

    /** Ends the file and moves it to its final place. */
    public void commit() throws IOException {
      out.publish();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
