package io.similitude.analysis.finding;

import io.similitude.analysis.statistics.EqualLagContrast;
import io.similitude.spec.FindingsSpec;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds whether the layers of a network form blocks. It gives the least number of contiguous
 * segments that explain the share tau. It also gives how much more similar two layers of one
 * segment are than two layers at the same distance in different segments ({@link
 * EqualLagContrast}). Blocks are present if there are at least 2 segments and the contrast is
 * surely at least the threshold. They are weak if it is at least half of the threshold.
 *
 * <p>Blocks were described by T. Nguyen, M. Raghu, S. Kornblith, ICLR 2021. If the Gram matrices
 * are stored, it also says whether the first principal component dominates them (Nguyen et al.,
 * TMLR 2022).
 */
final class BlockStructure implements Finding {
  private static final String NAME = "block-structure";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void find(SweepView sweep, FindingResults found) {
    FindingsSpec.Blocks settings = sweep.settings().blocks();
    sweep.squares().stream()
        .filter(square -> square.status() == FindingStatus.OK)
        .forEach(square -> add(square, settings, found));
    sweep.squares().stream()
        .filter(square -> square.status() != FindingStatus.OK)
        .forEach(
            square ->
                found.add(
                    row(square)
                        .status(square.status())
                        .decision(settings.contrast(), Decision.UNDECIDED)
                        .statistic("equal-lag-contrast")));
    sweep.dominances().forEach(it -> it.rows(NAME, version()).forEach(found::add));
  }

  private void add(SquareSummary square, FindingsSpec.Blocks settings, FindingResults found) {
    Blocks blocks = square.blocks();
    FindingRow.Builder segments = row(square).detail(detail(square));
    if (blocks.found() == 0) {
      segments.status(FindingStatus.TOO_MANY_SEGMENTS);
    } else {
      segments.value(blocks.found());
    }
    found.add(segments.decision(settings.tau(), null).statistic("segments"));
    found.add(
        row(square)
            .value(blocks.contrast())
            .status(status(blocks))
            .decision(settings.contrast(), blocks.decision(settings))
            .detail(detail(square))
            .statistic("equal-lag-contrast"));
    found.add(row(square).value(blocks.raw()).statistic("raw-contrast"));
    for (int i = 0; i < blocks.agreement().size(); i++) {
      found.add(
          row(square)
              .layer(square.layers().get(blocks.borders().get(i)))
              .value(blocks.agreement().get(i))
              .statistic("border-agreement"));
    }
    for (int k = 1; k <= blocks.explained().size(); k++) {
      found.add(point(square, k));
    }
  }

  private static CurveRow point(SquareSummary square, int segments) {
    return new CurveRow(
        NAME,
        "explained",
        square.measure(),
        square.checkpoint(),
        square.view(),
        null,
        segments,
        null,
        square.blocks().explained().get(segments - 1),
        null,
        1);
  }

  private FindingRow.Builder row(SquareSummary square) {
    return FindingRow.of(NAME, version(), square.measure())
        .view(square.view())
        .a(square.checkpoint());
  }

  private static FindingStatus status(Blocks blocks) {
    if (blocks.found() == 0) {
      return FindingStatus.TOO_MANY_SEGMENTS;
    }
    return blocks.contrast().error().isEmpty() ? FindingStatus.ONE_BATCH : FindingStatus.OK;
  }

  private static String detail(SquareSummary square) {
    Blocks blocks = square.blocks();
    List<String> borders =
        IntStream.range(0, blocks.borders().size())
            .mapToObj(i -> square.layers().get(blocks.borders().get(i)) + agreement(blocks, i))
            .toList();
    String cut = blocks.found() == 1 ? "one segment is enough; the best cut is at " : "cut at ";
    String constant =
        square.constant() == 0 ? "" : "; constant layers left out: " + square.constant();
    return cut + borders.stream().collect(Collectors.joining(", ")) + constant;
  }

  private static String agreement(Blocks blocks, int border) {
    return blocks.agreement().isEmpty()
        ? ""
        : String.format(
            Locale.ROOT, " (%.0f %% of replicates)", 100 * blocks.agreement().get(border));
  }
}
