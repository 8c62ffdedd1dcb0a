package io.similitude.report;

import io.similitude.analysis.Findings;
import io.similitude.analysis.finding.FindingRow;
import io.similitude.analysis.finding.SweepFindings;
import io.similitude.report.figure.Figure;
import io.similitude.report.figure.FigureFiles;
import io.similitude.report.figure.FigureStyle;
import io.similitude.report.figure.HeatmapFigure;
import io.similitude.report.figure.LineStyle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

  /** Writes each figure as PNG, SVG and PDF. Several threads write, each a figure at a time. */
  void write(Path folder) throws IOException {
    FigureStyle style = FigureStyle.of(findings.report().figures());
    FigureFiles files = new FigureFiles(folder, style);
    try {
      named(style).parallelStream().forEach(figure -> figure.write(files));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private List<Named> named(FigureStyle style) {
    return Stream.of(
            named(
                findings.heatmaps(),
                names.heatmaps(),
                map -> new HeatmapFigure(map, borders.of(map), style)),
            named(matched, names.matchedLayers(), chart -> chart.figure(styles, true, style)),
            named(series, names.series(), chart -> chart.figure(styles, true, style)),
            named(trainings, names.trainings(), chart -> chart.figure(style)),
            named(found.all(), names.found(), chart -> chart.figure(true, style)))
        .flatMap(List::stream)
        .toList();
  }

  private static <T> List<Named> named(
      List<T> charts, List<String> names, Function<T, Figure> figure) {
    return IntStream.range(0, charts.size())
        .mapToObj(i -> new Named(names.get(i), () -> figure.apply(charts.get(i))))
        .toList();
  }

  /** A figure that is made when it is written, under the name of its files. */
  private record Named(String stem, Supplier<Figure> figure) {
    void write(FigureFiles files) {
      try {
        files.write(figure.get(), stem);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
