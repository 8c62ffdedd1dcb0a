package io.similitude.report;

import io.similitude.analysis.Findings;
import io.similitude.analysis.MatchedCurve;
import io.similitude.analysis.MatchedLayers;
import io.similitude.analysis.ViewSeries;
import io.similitude.report.figure.ChartAxis;
import io.similitude.report.figure.ChartLine;
import io.similitude.report.figure.FigureStyle;
import io.similitude.report.figure.LineChart;
import io.similitude.report.figure.LineStyle;
import io.similitude.report.figure.ValueAxis;
import io.similitude.report.figure.ValueScale;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A chart of views that differ in one number. It shows each checkpoint's accuracy, or how similar
 * its layers stay to themselves, against that number.
 *
 * @param tag the tag with a line for each of its values; empty for a line for each checkpoint
 * @param what the name of the vertical axis
 * @param note how the chart was made
 * @param values the values of each line, one for each step
 */
record SeriesChart(
    ViewSeries series,
    String tag,
    String stem,
    String what,
    String note,
    ValueAxis axis,
    Map<String, List<MeasureValue>> values) {
  /** The width on the page, where two charts are side by side. */
  static final double PAGE_WIDTH = 520;

  /** The largest ratio for a linear axis. Numbers that are further apart get a logarithmic axis. */
  private static final double WIDE = 20;

  /** All charts of a report: accuracy first, then one for each measure. */
  static List<SeriesChart> of(Findings findings, List<String> checkpoints) {
    List<SeriesChart> charts = new ArrayList<>();
    for (ViewSeries series : findings.series()) {
      accuracy(findings, series, checkpoints).ifPresent(charts::add);
      findings.robustness().matchedLayers().stream()
          .map(MatchedLayers::measure)
          .distinct()
          .forEach(it -> similarity(findings, series, it, checkpoints).ifPresent(charts::add));
    }
    List<TagLines> tags = TagLines.all(findings);
    List<SeriesChart> ofTags = new ArrayList<>();
    charts.forEach(chart -> tags.forEach(tag -> chart.by(tag).ifPresent(ofTags::add)));
    charts.addAll(ofTags);
    return charts;
  }

  /** The chart with a line for each value of a tag. */
  private Optional<SeriesChart> by(TagLines lines) {
    Map<String, List<MeasureValue>> means = lines.means(values);
    return means.size() < 2
        ? Optional.empty()
        : Optional.of(
            new SeriesChart(
                series,
                lines.tag(),
                stem + "-by-" + lines.tag(),
                what,
                "mean over training runs, with its standard error",
                axis,
                means));
  }

  private static Optional<SeriesChart> accuracy(
      Findings findings, ViewSeries series, List<String> checkpoints) {
    Map<String, List<MeasureValue>> values = new LinkedHashMap<>();
    for (String checkpoint : checkpoints) {
      values.put(
          checkpoint,
          series.steps().stream()
              .map(step -> SeriesChart.accuracy(findings, checkpoint, step.view()))
              .toList());
    }
    String stem = "series-accuracy-" + series.parameter();
    return chart(series, stem, "Accuracy", "shaded: one standard error", ValueAxis.SHARES, values);
  }

  private static MeasureValue accuracy(Findings findings, String checkpoint, String view) {
    return findings.accuracies().stream()
        .filter(it -> it.shown().checkpoint().equals(checkpoint) && it.shown().view().equals(view))
        .findFirst()
        .map(it -> MeasureValue.of(it.fraction(), error(it.fraction(), it.examples())))
        .orElse(MeasureValue.missing(Status.NOT_COMPARED));
  }

  /** The standard error of a share of independent examples. */
  private static double error(double share, long examples) {
    return Math.sqrt(share * (1 - share) / examples);
  }

  private static Optional<SeriesChart> similarity(
      Findings findings, ViewSeries series, MeasureColumns measure, List<String> checkpoints) {
    Map<String, List<MeasureValue>> values = new LinkedHashMap<>();
    for (String checkpoint : checkpoints) {
      values.put(
          checkpoint,
          series.steps().stream()
              .map(step -> mean(findings, measure, checkpoint, step.view()))
              .toList());
    }
    ValueAxis axis =
        ValueAxis.of(
            ValueScale.of(measure),
            values.values().stream()
                .flatMap(List::stream)
                .flatMapToDouble(it -> it.value().stream()));
    String stem = "series-" + measure.metric() + "-" + series.parameter();
    String note = "mean over the layers of each layer's benign and perturbed representation";
    return chart(series, stem, measure.title(), note, axis, values);
  }

  private static MeasureValue mean(
      Findings findings, MeasureColumns measure, String checkpoint, String view) {
    OptionalDouble mean =
        findings.robustness().matchedLayers().stream()
            .filter(it -> it.measure().equals(measure) && it.perturbed().equals(view))
            .flatMap(it -> it.curves().stream())
            .filter(curve -> curve.checkpoint().equals(checkpoint))
            .map(MatchedCurve::similarities)
            .flatMap(List::stream)
            .flatMapToDouble(it -> it.value().stream())
            .average();
    return mean.isPresent()
        ? MeasureValue.withoutError(mean.getAsDouble())
        : MeasureValue.missing(Status.NOT_COMPARED);
  }

  /** The chart; empty if there is no value. */
  private static Optional<SeriesChart> chart(
      ViewSeries series,
      String stem,
      String what,
      String note,
      ValueAxis axis,
      Map<String, List<MeasureValue>> values) {
    values.values().removeIf(line -> line.stream().allMatch(it -> it.value().isEmpty()));
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(new SeriesChart(series, "", stem, what, note, axis, values));
  }

  String heading() {
    String by = tag.isEmpty() ? "" : ", by " + tag;
    return what + " against " + series.parameter() + by;
  }

  String subtitle() {
    return series.attack() + "; " + note;
  }

  LineChart figure(Map<String, LineStyle> styles, boolean hasLegend, FigureStyle style) {
    List<ChartLine> lines = new ArrayList<>();
    values.forEach(
        (name, points) -> {
          LineStyle look = tag.isEmpty() ? styles.get(name) : LineStyle.of(lines.size());
          lines.add(new ChartLine(name, "", look, places(), points));
        });
    List<String> labels = series.steps().stream().map(ViewSeries.Step::label).toList();
    ChartAxis bottom = new ChartAxis(labels, places(), false, series.parameter());
    return new LineChart(heading(), subtitle(), axis, bottom, lines, hasLegend, style);
  }

  private List<Double> places() {
    List<Double> numbers = series.steps().stream().map(ViewSeries.Step::number).toList();
    double first = numbers.get(0);
    double last = numbers.get(numbers.size() - 1);
    boolean isWide = first > 0 && last / first > WIDE;
    return numbers.stream()
        .map(
            it ->
                isWide
                    ? Math.log(it / first) / Math.log(last / first)
                    : (it - first) / (last - first))
        .toList();
  }
}
