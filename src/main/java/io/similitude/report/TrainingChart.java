package io.similitude.report;

import io.similitude.analysis.TrainingCurves;
import io.similitude.analysis.TrainingCurves.Line;
import io.similitude.analysis.TrainingCurves.Point;
import io.similitude.report.figure.ChartAxis;
import io.similitude.report.figure.ChartLine;
import io.similitude.report.figure.FigureStyle;
import io.similitude.report.figure.LineChart;
import io.similitude.report.figure.LineStyle;
import io.similitude.report.figure.ValueAxis;
import io.similitude.similarity.measure.MeasureValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The losses or the accuracies of a training against its epochs, with marks at the best epoch and
 * at the last one.
 *
 * @param what the name of the vertical axis
 */
record TrainingChart(TrainingCurves curves, String what, ToDoubleFunction<Point> value) {
  /** The largest number of trainings with charts. A reader cannot look through more. */
  private static final int MOST = 16;

  /** The approximate number of labels along the bottom. */
  private static final int LABELS = 10;

  /** All charts of a report. For each training they are the accuracies, then the losses. */
  static List<TrainingChart> of(List<TrainingCurves> trainings) {
    List<TrainingChart> charts = new ArrayList<>();
    for (TrainingCurves curves : trainings.subList(0, Math.min(MOST, trainings.size()))) {
      charts.add(new TrainingChart(curves, "Accuracy", Point::accuracy));
      charts.add(new TrainingChart(curves, "Loss", Point::loss));
    }
    return charts;
  }

  /** The page's text about trainings that it does not show; empty if it shows all. */
  static String leftOut(List<TrainingCurves> trainings) {
    return trainings.size() <= MOST
        ? ""
        : "This page shows the first %d of %d trainings.".formatted(MOST, trainings.size());
  }

  String stem() {
    return "training-" + curves.training() + "-" + what.toLowerCase(Locale.ROOT);
  }

  String heading() {
    return what + " of " + curves.training();
  }

  String subtitle() {
    return "best by the accuracy of " + curves.lines().get(curves.decisive()).name();
  }

  LineChart figure(FigureStyle style) {
    List<ChartLine> lines = new ArrayList<>();
    for (Line line : curves.lines()) {
      lines.add(line(line.name(), lines.size(), line.points()));
    }
    mark("last", curves.last(), lines);
    curves.best().ifPresent(best -> mark("best", best, lines));
    ValueAxis axis =
        what.equals("Accuracy")
            ? ValueAxis.SHARES
            : ValueAxis.around(
                curves.lines().stream().flatMap(line -> line.points().stream()).mapToDouble(value));
    return new LineChart(heading(), subtitle(), axis, bottom(), lines, true, style);
  }

  /** Marks one point on the decisive line, with a separate entry in the legend. */
  private void mark(String name, int epoch, List<ChartLine> lines) {
    curves.lines().get(curves.decisive()).points().stream()
        .filter(point -> point.epoch() == epoch)
        .findFirst()
        .ifPresent(
            point -> lines.add(line(name + ", epoch " + epoch, lines.size(), List.of(point))));
  }

  private ChartLine line(String name, int number, List<Point> points) {
    List<MeasureValue> values =
        points.stream()
            .map(point -> MeasureValue.withoutError(value.applyAsDouble(point)))
            .toList();
    return new ChartLine(
        name,
        "",
        LineStyle.of(number),
        points.stream().map(point -> place(point.epoch())).toList(),
        values);
  }

  private ChartAxis bottom() {
    int step = Math.max(1, (curves.last() + LABELS - 1) / LABELS);
    List<Integer> epochs =
        IntStream.iterate(0, epoch -> epoch <= curves.last(), epoch -> epoch + step)
            .boxed()
            .toList();
    return new ChartAxis(
        epochs.stream().map(epoch -> Integer.toString(epoch)).toList(),
        epochs.stream().map(this::place).toList(),
        false,
        "epochs");
  }

  private double place(int epoch) {
    return curves.last() == 0 ? 0.5 : (double) epoch / curves.last();
  }
}
