package io.similitude.comparison.gram;

import io.similitude.comparison.WantedPairs;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Measures;
import io.similitude.similarity.table.SimilarityRow;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.store.PartWriter;
import java.io.IOException;
import java.util.List;

/**
 * The rows of the table for the measures of a part, made one at a time because there may be
 * millions. There are rows for both directions if they differ.
 */
public final class PartRows {
  private final WantedPairs pairs;
  private final long examples;

  /**
   * @param examples the number of examples behind each row
   */
  public PartRows(WantedPairs pairs, long examples) {
    this.pairs = pairs;
    this.examples = examples;
  }

  public void write(List<MeasureSpec> specs, List<? extends Accumulator> measures, PartWriter out)
      throws IOException {
    for (int m = 0; m < measures.size(); m++) {
      MeasureColumns name = Measures.name(specs.get(m));
      Accumulator measure = measures.get(m);
      pairs.forEach((i, j) -> write(name, measure, i, j, out));
    }
  }

  private void write(MeasureColumns name, Accumulator measure, int i, int j, PartWriter out)
      throws IOException {
    int batches = measure.sums().batches();
    MeasureValue forward = measure.pair(i, j);
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
      MeasureValue backward = measure.reversed(j, i);
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
