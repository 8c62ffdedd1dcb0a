package io.similitude.report;

import io.similitude.analysis.Findings;
import io.similitude.analysis.Heatmap;
import io.similitude.analysis.finding.FindingRow;
import io.similitude.analysis.finding.SweepFindings;
import io.similitude.report.figure.FigureFiles;
import io.similitude.report.figure.FigureStyle;
import io.similitude.report.figure.HeatmapFigure;
import io.similitude.report.figure.LineStyle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * All charts of a report with their names. The page and the files next to it show the same charts.
 */
final class ReportFigures {
  private final Findings findings;
  private final Map<String, LineStyle> styles;
  private final List<SeriesChart> series;
  private final List<MatchedChart> matched;
  private final List<TrainingChart> trainings;
  private final FoundFigures found;
  private final BlockBorders borders;
  private final FigureNames names;

  ReportFigures(Findings findings, SweepFindings tables) {
    this.findings = findings;
    this.styles = LineStyle.ofCheckpoints(findings, FoundFigures.checkpoints(tables));
    this.found = FoundFigures.of(tables, styles);
    this.borders = new BlockBorders(tables.rows());
    this.series = SeriesChart.of(findings, List.copyOf(styles.keySet()));
    this.matched =
        findings.robustness().matchedLayers().stream()
            .map(panel -> new MatchedChart(findings, panel))
            .toList();
    this.trainings = TrainingChart.of(findings.trainings());
    this.names =
        FigureNames.of(
            findings.heatmaps(),
            findings.robustness().matchedLayers(),
            series,
            trainings,
            found.all());
  }

  Map<String, LineStyle> styles() {
    return styles;
  }

  List<SeriesChart> series() {
    return series;
  }

  List<MatchedChart> matched() {
    return matched;
  }

  List<TrainingChart> trainings() {
    return trainings;
  }

  FoundFigures found() {
    return found;
  }

  BlockBorders borders() {
    return borders;
  }

  /** The anchor of the figure that shows a finding. */
  String anchor(FindingRow row) {
    return found.anchor(row, findings, names);
  }

  FigureNames names() {
    return names;
  }

  /** Writes each figure as PNG, SVG and PDF. */
  void write(Path folder) throws IOException {
    FigureStyle style = FigureStyle.of(findings.report().figures());
    FigureFiles files = new FigureFiles(folder, style);
    for (int i = 0; i < findings.heatmaps().size(); i++) {
      Heatmap map = findings.heatmaps().get(i);
      files.write(new HeatmapFigure(map, borders.of(map), style), names.heatmaps().get(i));
    }
    for (int i = 0; i < matched.size(); i++) {
      files.write(matched.get(i).figure(styles, true, style), names.matchedLayers().get(i));
    }
    for (int i = 0; i < series.size(); i++) {
      files.write(series.get(i).figure(styles, true, style), names.series().get(i));
    }
    for (int i = 0; i < trainings.size(); i++) {
      files.write(trainings.get(i).figure(style), names.trainings().get(i));
    }
    for (int i = 0; i < found.all().size(); i++) {
      files.write(found.all().get(i).figure(true, style), names.found().get(i));
    }
  }
}
