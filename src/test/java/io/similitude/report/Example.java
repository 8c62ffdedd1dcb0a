package io.similitude.report;

import io.similitude.analysis.CheckpointView;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Status;
import io.similitude.similarity.table.SimilarityRow;
import io.similitude.similarity.table.Site;
import java.util.List;

/** Two networks of two layers, with a similarity of every kind between them. */
final class Example {
  static final MeasureColumns CKA = new MeasureColumns("cka", "linear", "minibatch", "unbiased");
  static final CheckpointView STANDARD = new CheckpointView("standard", "benign");
  static final CheckpointView ROBUST = new CheckpointView("robust", "benign");

  private Example() {}

  static List<SimilarityRow> rows() {
    return List.of(
        row(0, 0, MeasureValue.of(0.1234567890123456, 0.00123)),
        row(0, 1, MeasureValue.of(-0.25, 0.5)),
        row(1, 0, MeasureValue.of(1.5, 0)),
        row(1, 1, MeasureValue.missing(Status.CONSTANT_LAYER)));
  }

  private static SimilarityRow row(int i, int j, MeasureValue similarity) {
    return new SimilarityRow(
        CKA,
        new Site("standard", "benign", "conv" + i, i),
        new Site("robust", "benign", "conv" + j, j),
        similarity,
        1000,
        4);
  }
}
