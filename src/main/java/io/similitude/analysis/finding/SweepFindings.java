package io.similitude.analysis.finding;

import java.util.List;
import java.util.Set;

/**
 * The findings as the tables hold them.
 *
 * @param rows of the table of findings, in its order
 * @param curves of the table of curves, in its order
 */
public record SweepFindings(List<FindingRow> rows, List<CurveRow> curves) {
  /** No findings. */
  public static final SweepFindings NOTHING = new SweepFindings(List.of(), List.of());

  public SweepFindings {
    rows = List.copyOf(rows);
    curves = List.copyOf(curves);
  }

  /**
   * The findings about these checkpoints and views only. Values of tags, and views of another run
   * on training data, are kept.
   *
   * @param checkpoints ids
   * @param views ids
   */
  public SweepFindings only(Set<String> checkpoints, Set<String> views) {
    return new SweepFindings(
        rows.stream()
            .filter(row -> isOf(row.a(), checkpoints) && isOf(row.b(), checkpoints))
            .filter(row -> isShown(row.view(), views) && isShown(row.otherView(), views))
            .toList(),
        curves.stream()
            .filter(row -> isOf(row.of(), checkpoints))
            .filter(row -> isShown(row.view(), views) && isShown(row.otherView(), views))
            .toList());
  }

  private static boolean isOf(String side, Set<String> checkpoints) {
    return side == null || side.contains("=") || checkpoints.contains(side);
  }

  private static boolean isShown(String view, Set<String> views) {
    return view == null || view.startsWith(ComparedView.OF_TRAINING_RUN) || views.contains(view);
  }
}
