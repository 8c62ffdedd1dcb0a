package io.similitude.report;

import io.similitude.analysis.Cell;
import io.similitude.analysis.CheckpointView;
import io.similitude.analysis.Measure;
import io.similitude.analysis.SimilarityRow;
import io.similitude.analysis.Site;
import java.util.List;
import java.util.OptionalDouble;

/** Two networks of two layers, with a cell of every kind between them. */
final class Example {
  static final Measure CKA = new Measure("cka", "linear", "minibatch", "unbiased");
  static final CheckpointView STANDARD = new CheckpointView("standard", "benign");
  static final CheckpointView ROBUST = new CheckpointView("robust", "benign");

  private Example() {}

  static List<SimilarityRow> rows() {
    return List.of(
        row(0, 0, present(0.1234567890123456, 0.00123)),
        row(0, 1, present(-0.25, 0.5)),
        row(1, 0, present(1.5, 0)),
        row(1, 1, new Cell(OptionalDouble.empty(), OptionalDouble.empty(), "constant-layer")));
  }

  static Cell present(double value, double error) {
    return new Cell(OptionalDouble.of(value), OptionalDouble.of(error), "ok");
  }

  private static SimilarityRow row(int i, int j, Cell cell) {
    return new SimilarityRow(
        CKA,
        new Site("standard", "benign", "conv" + i, i),
        new Site("robust", "benign", "conv" + j, j),
        cell,
        1000,
        4);
  }
}
