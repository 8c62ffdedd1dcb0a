package io.similitude.job;

import io.similitude.similarity.Measure;
import io.similitude.similarity.Measures;
import io.similitude.similarity.Similarity;
import io.similitude.similarity.SimilarityRow;
import io.similitude.spec.SimilaritySpec;
import io.similitude.store.PartWriter;
import java.io.IOException;
import java.util.List;

/**
 * The rows of the table that the measures of a part come to, made one at a time: there may be
 * millions. Both directions where they differ.
 */
final class PartRows {
  private final WantedPairs pairs;
  private final long examples;

  /**
   * @param examples that each row rests on
   */
  PartRows(WantedPairs pairs, long examples) {
    this.pairs = pairs;
    this.examples = examples;
  }

  /** Measure by measure, pair by pair. */
  void write(List<SimilaritySpec> specs, List<? extends PartMeasure> measures, PartWriter out)
      throws IOException {
    for (int m = 0; m < measures.size(); m++) {
      Measure name = Measures.name(specs.get(m));
      PartMeasure measure = measures.get(m);
      pairs.forEach((i, j) -> write(name, measure, i, j, out));
    }
  }

  private void write(Measure name, PartMeasure measure, int i, int j, PartWriter out)
      throws IOException {
    int batches = measure.sums().batches();
    Similarity forward = measure.pair(i, j);
    out.add(
        new SimilarityRow(
            name,
            pairs.row(i),
            pairs.column(j),
            forward,
            measure.evidence(i, j, forward),
            examples,
            batches));
    if (!measure.isSymmetric() && !pairs.isItself(i, j)) {
      Similarity backward = measure.reversed(j, i);
      out.add(
          new SimilarityRow(
              name,
              pairs.column(j),
              pairs.row(i),
              backward,
              measure.reversedEvidence(j, i, backward),
              examples,
              batches));
    }
  }
}
