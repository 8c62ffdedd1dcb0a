package io.similitude.analysis;

import java.util.Objects;

/** One row of the table {@code similarities}: a measure, the pair a, b, and what was measured. */
public record SimilarityRow(
    Measure measure, Site a, Site b, Cell cell, long examples, int batches) {
  public SimilarityRow {
    Objects.requireNonNull(measure);
    Objects.requireNonNull(a);
    Objects.requireNonNull(b);
    Objects.requireNonNull(cell);
  }
}
