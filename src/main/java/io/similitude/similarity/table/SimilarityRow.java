package io.similitude.similarity.table;

import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Significance;
import java.io.Serializable;
import java.util.Objects;

/**
 * One row of the table of similarities: a measure on a pair of representations.
 *
 * @param evidence the other statistical evidence for the similarity
 * @param examples the number of examples that the similarity uses
 * @param batches the number of batches that the similarity uses
 */
public record SimilarityRow(
    MeasureColumns measure,
    Site a,
    Site b,
    MeasureValue similarity,
    Significance evidence,
    long examples,
    int batches)
    implements Serializable {
  public SimilarityRow {
    Objects.requireNonNull(measure);
    Objects.requireNonNull(a);
    Objects.requireNonNull(b);
    Objects.requireNonNull(similarity);
    Objects.requireNonNull(evidence);
  }

  /** A row whose only evidence is a standard error. */
  public SimilarityRow(
      MeasureColumns measure, Site a, Site b, MeasureValue similarity, long examples, int batches) {
    this(measure, a, b, similarity, Significance.NONE, examples, batches);
  }
}
