package io.similitude.store;

import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.Significance;
import io.similitude.similarity.table.SimilarityRow;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Writes the rows of one part of {@link Table#SIMILARITIES}. {@link #commit} makes them visible. If
 * the writer is closed without a commit, the part leaves no file. A value that does not exist is
 * null.
 */
public final class PartWriter implements AutoCloseable {
  private final PagedFile out;
  private Runnable eachRow = () -> {};

  PartWriter(PendingFile file, Map<String, String> metadata) throws IOException {
    this.out = new PagedFile(Table.SIMILARITIES, file, metadata);
  }

  /** Returns this writer, which from now on runs something after each row. */
  public PartWriter telling(Runnable eachRow) {
    this.eachRow = eachRow;
    return this;
  }

  /** Adds a row. Its values are written in the order of the schema. */
  public void add(SimilarityRow added) throws IOException {
    MeasureColumns measure = added.measure();
    out.word(measure.metric());
    part(measure.kernel());
    part(measure.estimator());
    part(measure.bias());
    out.site(added.a());
    out.site(added.b());
    number(added.similarity().value());
    number(added.similarity().standardError());
    out.word(added.examples());
    out.word(added.batches());
    out.word(added.similarity().status().label());
    part(measure.parameters());
    evidence(added.evidence());
    out.endRow();
    eachRow.run();
  }

  private void evidence(Significance evidence) {
    number(evidence.jackknifeError());
    number(evidence.zScore());
    number(evidence.pValue());
  }

  private void part(String part) {
    out.word(part.isEmpty() ? null : part);
  }

  private void number(OptionalDouble number) {
    out.number(number.orElse(Double.NaN));
  }

  /** Ends the file and moves it to its final place. If a file is there already, it stays. */
  public void commit() throws IOException {
    out.publish();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
