package io.similitude.store;

import java.io.IOException;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Writes the replicates of one part. {@link #commit} makes them visible; closed without it, it has
 * left nothing.
 */
public final class ReplicateWriter implements AutoCloseable {
  private final TableWriter<InternalRow> out;

  ReplicateWriter(TableWriter<InternalRow> out) {
    this.out = out;
  }

  public void add(ReplicateRow row) throws IOException {
    out.write(row.encode());
  }

  /** Ends the file and moves it into its place. */
  public void commit() throws IOException {
    out.publish();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
