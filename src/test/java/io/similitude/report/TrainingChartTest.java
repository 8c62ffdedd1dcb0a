package io.similitude.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.analysis.FindingsBuilder;
import io.similitude.analysis.TrainingCurves;
import io.similitude.analysis.TrainingCurves.Line;
import io.similitude.analysis.TrainingCurves.Point;
import io.similitude.analysis.finding.SweepFindings;
import io.similitude.report.figure.ChartLine;
import io.similitude.report.figure.FigureStyle;
import io.similitude.report.figure.LineChart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainingChartTest {
  private static final TrainingCurves ROBUST =
      new TrainingCurves(
          "robust-s0",
          List.of(
              new Line("test, linf", points(0.1, 0.4, 0.3)),
              new Line("train, in the steps", points(0.1, 0.5, 0.9).subList(1, 3))),
          0,
          OptionalInt.of(1));

  @TempDir Path folder;

  @Test
  void linesLieAtTheirEpochsAndTheBestAndTheLastAreMarked() {
    TrainingChart accuracy = TrainingChart.of(List.of(ROBUST)).get(0);
    LineChart chart = accuracy.figure(FigureStyle.ofPage());

    assertThat(chart.lines())
        .extracting(ChartLine::name)
        .containsExactly("test, linf", "train, in the steps", "last, epoch 2", "best, epoch 1");
    assertThat(chart.lines())
        .extracting(ChartLine::x)
        .containsExactly(List.of(0.0, 0.5, 1.0), List.of(0.5, 1.0), List.of(1.0), List.of(0.5));
    assertThat(chart.lines().get(3).points().get(0).value()).hasValue(0.4);
    assertThat(chart.lines().get(2).points().get(0).value()).hasValue(0.3);
    assertThat(accuracy.subtitle()).isEqualTo("best by the accuracy of test, linf");
  }

  @Test
  void lossesAreDrawnToo() {
    LineChart chart = TrainingChart.of(List.of(ROBUST)).get(1).figure(FigureStyle.ofPage());

    assertThat(chart.heading()).isEqualTo("Loss of robust-s0");
    assertThat(chart.lines().get(0).points().get(2).value()).hasValue(1.7);
  }

  @Test
  void thePageAndTheFolderHaveThem() throws IOException {
    FindingsBuilder builder = new FindingsBuilder("s", List.of(), 9).add(ROBUST);

    ReportWriter.write(Collections.emptyIterator(), builder, SweepFindings.NOTHING, folder);

    assertThat(Files.readString(folder.resolve("index.html")))
        .contains("<section id=\"training\">", "Accuracy of robust-s0", "best, epoch 1")
        .doesNotContain("This page shows the first");
    for (String what : List.of("accuracy", "loss")) {
      for (String ending : List.of("png", "svg", "pdf")) {
        assertThat(folder.resolve("training-robust-s0-%s.%s".formatted(what, ending))).exists();
      }
    }
  }

  @Test
  void aPageWithoutTrainingsHasNoSection() throws IOException {
    FindingsBuilder builder = new FindingsBuilder("s", List.of(), 9);

    ReportWriter.write(Collections.emptyIterator(), builder, SweepFindings.NOTHING, folder);

    assertThat(Files.readString(folder.resolve("index.html"))).doesNotContain("id=\"training\"");
  }

  @Test
  void ofManyTrainingsTheFirstAreShownAndThePageSaysSo() {
    List<TrainingCurves> many = Collections.nCopies(40, ROBUST);

    assertThat(TrainingChart.of(many)).hasSize(32);
    assertThat(TrainingChart.leftOut(many))
        .isEqualTo("This page shows the first 16 of 40 trainings.");
  }

  private static List<Point> points(double... accuracies) {
    return IntStream.range(0, accuracies.length)
        .mapToObj(epoch -> new Point(epoch, 2 - accuracies[epoch], accuracies[epoch]))
        .toList();
  }
}
