package io.similitude.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.similitude.analysis.Accuracy;
import io.similitude.analysis.AttackSuccess;
import io.similitude.analysis.CheckpointView;
import io.similitude.analysis.ExampleStrip;
import io.similitude.analysis.FindingsBuilder;
import io.similitude.analysis.PerturbationSize;
import io.similitude.analysis.ShownExample;
import io.similitude.analysis.finding.SweepFindings;
import io.similitude.dataset.image.ImageShape;
import io.similitude.report.figure.LineStyle;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Status;
import io.similitude.similarity.table.SimilarityRow;
import io.similitude.similarity.table.Site;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the report says of benign against perturbed. */
final class RobustnessReportTest {
  private static final CheckpointView BENIGN = new CheckpointView("standard", "benign");
  private static final CheckpointView LINF = new CheckpointView("standard", "linf");
  private static final String ATTACK = "pgd-linf, epsilon 16/255";

  @TempDir Path folder;

  @Test
  void theTableSaysHowOftenAndHowFarTheAttackGoes() throws IOException {
    Accuracy robust =
        new Accuracy(LINF, 250, 1000)
            .with(new AttackSuccess(644, 894))
            .with(new PerturbationSize(16 / 255.0, 1.2345));

    assertThat(page(builder().add(new Accuracy(BENIGN, 894, 1000)).add(robust)))
        .contains("<td>linf<span class=\"attack\">pgd-linf, epsilon 16/255</span></td>")
        .contains("<span class=\"percent\">25.0%</span>")
        .contains(
            "<td class=\"number\">72.0%</td><td class=\"number\">0.0627 (16/255)</td>"
                + "<td class=\"number\">1.235</td><td class=\"number\">1,000</td>")
        .contains("<td>standard</td><td>benign</td>")
        .contains(
            "<td class=\"number\">\u2013</td><td class=\"number\">\u2013</td>"
                + "<td class=\"number\">\u2013</td><td class=\"number\">1,000</td>");
  }

  @Test
  void whatIsNotAWholeStepOfAByteHasADecimal() throws IOException {
    Accuracy accuracy = new Accuracy(LINF, 1, 2).with(new PerturbationSize(0.1, 0));

    assertThat(page(builder().add(accuracy))).contains("0.1000 (25.5/255)");
  }

  @Test
  void aNetworkThatIsNeverRightCannotBeFooled() throws IOException {
    Accuracy accuracy = new Accuracy(LINF, 0, 2).with(new AttackSuccess(0, 0));

    assertThat(page(builder().add(accuracy))).contains("<td class=\"number\">\u2013</td>");
  }

  @Test
  void theTableOfASweepWithoutAttacksHasNoColumnsOnThem() throws IOException {
    assertThat(page(builder().add(new Accuracy(BENIGN, 1, 2))))
        .doesNotContain("success")
        .doesNotContain("\u2013</td>");
  }

  @Test
  void thePageCarriesTheCurvesThatItShows() throws IOException {
    String page = page(builder().tags("standard", Map.of("training", "plain")), row(0), row(1));
    JsonNode data = ReportWriterTest.data(page);
    JsonNode panel = data.get("matched").get(0);
    JsonNode curve = panel.get("lines").get(0);

    assertThat(data.get("matched")).hasSize(1);
    assertThat(panel.get("where").textValue()).isEqualTo("benign against linf");
    assertThat(page).contains("id=\"matched-layers-linf\"", ATTACK);
    assertThat(ReportWriterTest.numbers(curve)).containsExactly(0.75, Double.NaN);
    assertThat(ReportWriterTest.texts(curve.get("errors"), 2)).containsExactly("0.012", "");
    assertThat(ReportWriterTest.texts(curve.get("statuses"), 2))
        .containsExactly("", "constant-layer");
    assertThat(data.get("layers").get(curve.get("labels").intValue()))
        .hasToString("[\"conv0\",\"conv1\"]");
    assertThat(data.get("tags").get("standard").toString()).isEqualTo("[\"training: plain\"]");
    assertThat(page.indexOf("id=\"curves\"")).isBetween(0, page.indexOf("id=\"heatmaps\""));
  }

  @Test
  void aPictureOfTheCurvesHasTheirColours() throws IOException {
    page(builder(), row(0));

    BufferedImage image = ImageIO.read(folder.resolve("matched-layers-linf.png").toFile());
    Set<Integer> colours = new HashSet<>();
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        colours.add(image.getRGB(x, y));
      }
    }
    assertThat(colours).contains(LineStyle.of(0).colour().getRGB());
    assertThat(image.getWidth()).isBetween(2 * 700, 2 * 900);
  }

  @Test
  void withoutAttacksThereIsNothingOnThem() throws IOException {
    FindingsBuilder plain = new FindingsBuilder("s", List.of(BENIGN, LINF), 9);

    assertThat(page(plain, row(0)))
        .doesNotContain("id=\"curves\"", "Benign against perturbed", "Examples under attack");
    assertThat(folder.resolve("matched-layers-linf.png")).doesNotExist();
  }

  @Test
  void aStripShowsEachExampleBeforeAndAfter() throws IOException {
    ExampleStrip strip =
        new ExampleStrip(LINF, List.of(example(OptionalInt.of(9), 9, 5), example(noLabel(), 4, 3)));

    String page = page(builder().add(strip));

    assertThat(page)
        .contains("<h3>standard / linf</h3>", "perturbation \u00d7 7")
        .contains("label 9", "no label", "title=\"example 12\"")
        .contains("<span class=\"verdict\">9</span>", "<span class=\"wrong\">5 \u2717</span>")
        .contains("<span class=\"verdict\">4</span>", "<span class=\"verdict\">3</span>");
    assertThat(page.split("<img src=\"data:image/png;base64,", -1)).hasSize(1 + 2 * 3);
  }

  @Test
  void thePageSaysWhatItLeavesOut() throws IOException {
    List<String> ids = IntStream.range(0, 41).mapToObj(k -> "c" + k).toList();
    FindingsBuilder builder =
        new FindingsBuilder(
                "s",
                ids.stream()
                    .flatMap(id -> Stream.of("benign", "linf").map(v -> new CheckpointView(id, v)))
                    .toList(),
                0)
            .view("linf", ATTACK);
    List<SimilarityRow> rows = new ArrayList<>();
    for (String id : ids) {
      rows.add(row(id, 0, MeasureValue.of(1, 0)));
      builder.add(
          new ExampleStrip(
              new CheckpointView(id, "linf"), List.of(example(OptionalInt.of(1), 1, 1))));
    }

    assertThat(page(builder, rows.toArray(SimilarityRow[]::new)))
        .contains("This page shows 20 of 41 curves, of checkpoints that lie evenly")
        .contains("This page shows the first 40 of 41 strips, in the order of the spec.");
  }

  @Test
  void whatIsSaidOfAnAttackIsNotTakenForMarkup() throws IOException {
    String evil = "</script><b>\"&";
    FindingsBuilder builder =
        new FindingsBuilder("s", List.of(BENIGN, LINF), 9)
            .view("linf", evil)
            .add(new Accuracy(LINF, 1, 2))
            .add(new ExampleStrip(LINF, List.of(example(OptionalInt.of(1), 1, 1))));

    assertThat(page(builder, row(0))).doesNotContain(evil).contains("&lt;/script&gt;&lt;b&gt;");
  }

  private String page(FindingsBuilder builder, SimilarityRow... rows) throws IOException {
    ReportWriter.write(List.of(rows).iterator(), builder, SweepFindings.NOTHING, folder);
    return Files.readString(folder.resolve("index.html"));
  }

  private static FindingsBuilder builder() {
    return new FindingsBuilder("s", List.of(BENIGN, LINF), 9).view("linf", ATTACK);
  }

  private static SimilarityRow row(int layer) {
    return row(
        "standard",
        layer,
        layer == 0 ? MeasureValue.of(0.75, 0.012) : MeasureValue.missing(Status.CONSTANT_LAYER));
  }

  private static SimilarityRow row(String checkpoint, int layer, MeasureValue similarity) {
    return new SimilarityRow(
        Example.CKA,
        new Site(checkpoint, "benign", "conv" + layer, layer),
        new Site(checkpoint, "linf", "conv" + layer, layer),
        similarity,
        1000,
        4);
  }

  private static OptionalInt noLabel() {
    return OptionalInt.empty();
  }

  private static ShownExample example(OptionalInt label, int before, int after) {
    return new ShownExample(
        12,
        label,
        before,
        after,
        new ImageShape(1, 1, 1),
        new float[] {0.5f},
        new float[] {0.5f + 16 / 255f});
  }
}
