package io.similitude.store;

import io.similitude.similarity.table.SimilarityRow;
import java.io.IOException;

/**
 * Writes the rows of one part of the similarities. {@link #commit} makes them visible. If the
 * writer is closed without a commit, the part leaves no file.
 */
public final class PartWriter implements AutoCloseable {
  private final SimilarityFile out;
  private Runnable eachRow = () -> {};

  PartWriter(SimilarityFile out) {
    this.out = out;
  }

  /** Returns this writer, which from now on runs something after each row. */
  public PartWriter telling(Runnable eachRow) {
    this.eachRow = eachRow;
    return this;
  }

  public void add(SimilarityRow row) throws IOException {
    out.add(row);
    eachRow.run();
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
