package io.similitude.report;

import io.similitude.analysis.CheckpointView;
import io.similitude.analysis.Findings;
import io.similitude.analysis.MatchedLayers;
import io.similitude.analysis.Robustness;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Status;
import io.similitude.similarity.table.SimilarityRow;
import io.similitude.similarity.table.Site;
import io.similitude.spec.ReportSpec;
import java.util.List;
import java.util.Map;

/** Two networks of two layers, with a similarity of every kind between them. */
public final class Example {
  public static final MeasureColumns CKA =
      new MeasureColumns("cka", "linear", "minibatch", "unbiased");
  public static final CheckpointView STANDARD = new CheckpointView("standard", "benign");
  public static final CheckpointView ROBUST = new CheckpointView("robust", "benign");

  private Example() {}

  public static List<SimilarityRow> rows() {
    return List.of(
        row(0, 0, MeasureValue.of(0.1234567890123456, 0.00123)),
        row(0, 1, MeasureValue.of(-0.25, 0.5)),
        row(1, 0, MeasureValue.of(1.5, 0)),
        row(1, 1, MeasureValue.missing(Status.CONSTANT_LAYER)));
  }

  /** Findings with these curves and nothing else. */
  public static Findings findings(List<MatchedLayers> curves) {
    return new Findings(
        "sweep",
        List.of(),
        0,
        new Robustness(Map.of(), curves, 0, List.of(), 0),
        List.of(),
        List.of(),
        ReportSpec.DEFAULT,
        0,
        0,
        List.of(),
        List.of(),
        Map.of(),
        Map.of());
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
