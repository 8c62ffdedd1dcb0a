package io.similitude.similarity;

import java.io.Serializable;
import java.util.Objects;

/**
 * One row of the table of similarities: a measure on a pair of representations.
 *
 * @param evidence what else speaks for the similarity
 * @param examples that the similarity rests on
 * @param batches that the similarity rests on
 */
public record SimilarityRow(
    Measure measure,
    Site a,
    Site b,
    Similarity similarity,
    Evidence evidence,
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

  /** A row without other evidence than a standard error. */
  public SimilarityRow(
      Measure measure, Site a, Site b, Similarity similarity, long examples, int batches) {
    this(measure, a, b, similarity, Evidence.NONE, examples, batches);
  }
}
