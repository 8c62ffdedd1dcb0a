package io.similitude.similarity;

import java.io.Serializable;
import java.util.Objects;

/**
 * One row of the table of similarities: a measure on a pair of representations.
 *
 * @param examples that the similarity rests on
 * @param batches that the similarity rests on
 */
public record SimilarityRow(
    Measure measure, Site a, Site b, Similarity similarity, long examples, int batches)
    implements Serializable {
  public SimilarityRow {
    Objects.requireNonNull(measure);
    Objects.requireNonNull(a);
    Objects.requireNonNull(b);
    Objects.requireNonNull(similarity);
  }
}
