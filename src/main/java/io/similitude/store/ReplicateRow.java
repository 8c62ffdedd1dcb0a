package io.similitude.store;

import static java.util.Objects.requireNonNull;

import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Status;
import io.similitude.similarity.table.Site;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

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
    private final PagedFile out;
    private MeasureColumns measure;

    /** The names of the measure, which is the same in most rows. */
    private String[] names = new String[0];

    Writer(PendingFile file, Map<String, String> metadata) throws IOException {
      this.out = new PagedFile(Table.REPLICATES, file, metadata);
    }

    /** Adds a row. Its values are written in the order of the schema. */
    public void add(ReplicateRow row) throws IOException {
      if (!row.measure.equals(measure)) {
        measure = row.measure;
        names = MeasureFields.words(measure);
      }
      for (String name : names) {
        out.word(name);
      }
      out.site(row.a);
      out.site(row.b);
      out.number(row.similarity.value().orElse(Double.NaN));
      out.word(row.similarity.status().label());
      out.list(row.without);
      out.endRow();
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
