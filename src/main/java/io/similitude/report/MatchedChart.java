package io.similitude.report;

import io.similitude.analysis.Findings;
import io.similitude.analysis.MatchedCurve;
import io.similitude.analysis.MatchedLayers;
import io.similitude.report.figure.ChartAxis;
import io.similitude.report.figure.ChartLine;
import io.similitude.report.figure.FigureStyle;
import io.similitude.report.figure.LineChart;
import io.similitude.report.figure.LineStyle;
import io.similitude.report.figure.ValueAxis;
import io.similitude.report.figure.ValueScale;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** A chart over depth. It shows how similar each layer stays to itself under one perturbed view. */
final class MatchedChart {
  private final Findings findings;
  private final MatchedLayers panel;

  MatchedChart(Findings findings, MatchedLayers panel) {
    this.findings = findings;
    this.panel = panel;
  }

  LineChart figure(Map<String, LineStyle> styles, boolean hasLegend, FigureStyle style) {
    List<ChartLine> lines =
        panel.curves().stream()
            .map(
                curve ->
                    new ChartLine(
                        curve.checkpoint(),
                        CheckpointTags.line(findings, curve.checkpoint()),
                        styles.get(curve.checkpoint()),
                        ChartLine.evenly(curve.layers().size()),
                        curve.similarities()))
            .toList();
    List<String> shared = sharedLayers();
    ChartAxis bottom = shared.isEmpty() ? ChartAxis.ofDepth() : ChartAxis.ofLayers(shared, style);
    return new LineChart(heading(), subtitle(), axis(), bottom, lines, hasLegend, style);
  }

  String what() {
    return panel.measure().title();
  }

  String heading() {
    return panel.benign() + " against " + panel.perturbed();
  }

  String subtitle() {
    String way = panel.measure().scale().isLargerMoreAlike() ? "" : "; 0 is the same";
    return findings.robustness().attacks().get(panel.perturbed())
        + "; "
        + panel.measure().title()
        + " of each layer"
        + way;
  }

  /** The axis of values. It is the same for all charts of a measure. */
  private ValueAxis axis() {
    DoubleStream values =
        findings.robustness().matchedLayers().stream()
            .filter(it -> it.measure().equals(panel.measure()))
            .flatMap(it -> it.curves().stream())
            .flatMap(curve -> curve.similarities().stream())
            .flatMapToDouble(it -> it.value().stream());
    return ValueAxis.of(ValueScale.of(panel.measure()), values);
  }

  /** The layers that all checkpoints share; empty if they have different layers. */
  private List<String> sharedLayers() {
    Set<List<String>> lists =
        panel.curves().stream().map(MatchedCurve::layers).collect(Collectors.toSet());
    return lists.size() == 1 ? lists.iterator().next() : List.of();
  }
}
