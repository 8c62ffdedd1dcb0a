package io.similitude.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.similitude.analysis.Accuracy;
import io.similitude.analysis.Failure;
import io.similitude.analysis.FindingsBuilder;
import io.similitude.analysis.finding.SweepFindings;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Status;
import io.similitude.similarity.table.SimilarityRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportWriterTest {
  private static final Pattern DATA =
      Pattern.compile(
          "<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void leavesThePageTheTableAndAPictureOfEachHeatmap() throws IOException {
    ReportWriter.write(
        Example.rows().iterator(), builder(9), SweepFindings.NOTHING, folder.resolve("report"));

    try (var files = Files.list(folder.resolve("report"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "index.html",
              "similarities.csv",
              "heatmap-standard-benign-vs-robust-benign.png",
              "heatmap-standard-benign-vs-robust-benign.svg",
              "heatmap-standard-benign-vs-robust-benign.pdf");
    }
  }

  @Test
  void theSameRowsGiveTheSamePage() throws IOException {
    assertThat(page(builder(9))).isEqualTo(page(builder(9)));
  }

  @Test
  void csvHasEveryDigitAndNothingForWhatDoesNotExist() throws IOException {
    page(builder(0));

    assertThat(Files.readString(folder.resolve("similarities.csv")).split("\r\n"))
        .containsExactly(
            "metric,kernel,estimator,bias,a_checkpoint,a_view,a_layer,a_position,b_checkpoint,"
                + "b_view,b_layer,b_position,value,standard_error,examples,batches,status,parameters,"
                + "jackknife_error,z_score,p_value,q_value",
            "cka,linear,minibatch,unbiased,standard,benign,conv0,0,robust,benign,conv0,0,"
                + "0.1234567890123456,0.00123,1000,4,ok,,,,,",
            "cka,linear,minibatch,unbiased,standard,benign,conv0,0,robust,benign,conv1,1,"
                + "-0.25,0.5,1000,4,ok,,,,,",
            "cka,linear,minibatch,unbiased,standard,benign,conv1,1,robust,benign,conv0,0,"
                + "1.5,0.0,1000,4,ok,,,,,",
            "cka,linear,minibatch,unbiased,standard,benign,conv1,1,robust,benign,conv1,1,"
                + ",,1000,4,constant-layer,,,,,");
  }

  @Test
  void thePageCarriesTheNumbersThatItShows() throws IOException {
    JsonNode data = data(page(builder(9)));
    JsonNode map = data.get("heatmaps").get(0);

    assertThat(map.get("rows").toString()).isEqualTo("[\"standard\",\"benign\"]");
    assertThat(numbers(map)).containsExactly(0.1235, -0.25, 1.5, Double.NaN);
    assertThat(texts(map.get("errors"), 4)).containsExactly("0.0012", "0.5", "0", "");
    assertThat(texts(map.get("statuses"), 4)).containsExactly("", "", "", "constant-layer");
    assertThat(map.get("figure").textValue()).isEqualTo("heatmap-standard-benign-vs-robust-benign");
    assertThat(data.get("layers").toString()).isEqualTo("[[\"conv0\",\"conv1\"]]");
    assertThat(map.get("legend").toString())
        .contains("no value: constant-layer (1 cell)", "below 0 (1 cell)", "above 1 (1 cell)");
    assertThat(map.has("below")).isTrue();
    assertThat(map.has("above")).isTrue();
  }

  @Test
  void thePageNamesTheSweepItsAccuraciesFailuresAndProvenance() throws IOException {
    String page = page(builder(9));

    assertThat(page)
        .contains("<h1>quickstart</h1>")
        .contains(
            "How similar every layer of 2 checkpoints, under 1 view, is to every other:"
                + " CKA (linear, minibatch, unbiased), over 1,000 examples in 4 batches.")
        .contains("<td>standard</td><td>benign</td>")
        .contains("<span class=\"percent\">89.4%</span>")
        .contains("1 unit could not be done; the rest is complete.")
        .contains("<th scope=\"row\">seed</th><td>0</td>");
  }

  @Test
  void nothingThatIsShownIsTakenForMarkup() throws IOException {
    String evil = "</script><script>alert(1)</script>\"&";
    String page =
        page(
            builder(9)
                .tags("standard", Map.of("note", evil))
                .add(new Failure(evil, evil, evil))
                .provenance(evil, "{{data}} $1 \\"));

    assertThat(page)
        .doesNotContain(evil)
        .contains("note: &lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;&amp;")
        .contains("<td>{{data}} $1 \\</td>");
    assertThat(page.split("</script>", -1)).hasSize(3);
  }

  @Test
  void thePageNeedsNothingElse() throws IOException {
    assertThat(page(builder(9)))
        .contains("default-src 'none'")
        .doesNotContainPattern(
            "<link|@import|src=\"http|href=\"http|fetch\\(|XMLHttpRequest|\\{\\{");
  }

  @Test
  void thePageSaysHowManyHeatmapsItLeavesOut() throws IOException {
    FindingsBuilder builder =
        new FindingsBuilder("s", List.of(Example.STANDARD, Example.ROBUST), 1);
    var rows = new ArrayList<>(Example.rows());
    rows.add(
        new SimilarityRow(
            Example.CKA, rows.get(0).a(), rows.get(0).a(), MeasureValue.of(1, 0), 1000, 4));

    ReportWriter.write(rows.iterator(), builder, SweepFindings.NOTHING, folder);

    assertThat(Files.readString(folder.resolve("index.html")))
        .contains("This page shows 1 of 2 heatmaps. The key report of the spec says");
  }

  @Test
  void ofLayersComparedWithTheirNamesakesOnlyThePageSaysSo() throws IOException {
    List<SimilarityRow> rows = List.of(Example.rows().get(0), Example.rows().get(3));
    ReportWriter.write(rows.iterator(), builder(9), SweepFindings.NOTHING, folder);
    String page = Files.readString(folder.resolve("index.html"));
    JsonNode map = data(page).get("heatmaps").get(0);

    assertThat(page).contains("is to the same layer elsewhere: CKA");
    assertThat(numbers(map)).containsExactly(0.1235, Double.NaN);
    assertThat(texts(map.get("statuses"), 2)).containsExactly("", "constant-layer");
    String image = map.get("figure").textValue() + ".png";
    assertThat(ImageIO.read(folder.resolve(image).toFile()).getHeight()).isLessThan(2 * 250);
  }

  @Test
  void onePairWithOneSharedLayerDoesNotChangeThat() throws IOException {
    SimilarityRow shared = Example.rows().get(0);
    SimilarityRow alone =
        new SimilarityRow(Example.CKA, shared.a(), shared.a(), MeasureValue.of(1, 0), 1000, 4);
    List<SimilarityRow> rows = List.of(shared, Example.rows().get(3), alone);

    ReportWriter.write(rows.iterator(), builder(9), SweepFindings.NOTHING, folder);

    assertThat(Files.readString(folder.resolve("index.html")))
        .contains("is to the same layer elsewhere: CKA")
        .contains("layers run from input to output, to the right.");
  }

  @Test
  void thePageSaysWhatEveryStatusMeans() throws IOException {
    String page = page(builder(9));

    for (Status status : EnumSet.complementOf(EnumSet.of(Status.OK))) {
      assertThat(data(page).get("reasons").get(status.label()).textValue()).isNotBlank();
    }
  }

  @Test
  void aSweepWithoutSimilaritiesStillHasAReport() throws IOException {
    ReportWriter.write(
        Example.rows().subList(0, 0).iterator(), builder(9), SweepFindings.NOTHING, folder);

    assertThat(Files.readString(folder.resolve("index.html")))
        .contains("No similarities were computed.")
        .doesNotContain("id=\"heatmap\"");
  }

  private String page(FindingsBuilder builder) throws IOException {
    Iterator<SimilarityRow> rows = Example.rows().iterator();
    ReportWriter.write(rows, builder, SweepFindings.NOTHING, folder);
    return Files.readString(folder.resolve("index.html"));
  }

  private static FindingsBuilder builder(int maxHeatmaps) {
    return new FindingsBuilder("quickstart", List.of(Example.STANDARD, Example.ROBUST), maxHeatmaps)
        .add(new Accuracy(Example.STANDARD, 894, 1000))
        .add(new Failure("broken / benign / batch 0", "extract", "no such file"))
        .provenance("seed", "0");
  }

  /** As the page's script reads them. */
  static double[] numbers(JsonNode chart) {
    double[] numbers =
        new PackedNumbers(chart.get("unit").doubleValue(), chart.get("values").textValue())
            .numbers();
    for (int k = 0; k < numbers.length; k++) {
      numbers[k] = Double.isNaN(numbers[k]) ? Double.NaN : Math.rint(numbers[k] * 1e8) / 1e8;
    }
    return numbers;
  }

  static List<String> texts(JsonNode packed, int count) {
    byte[] numbers = Base64.getDecoder().decode(packed.get("numbers").textValue());
    assertThat(packed.get("wide").booleanValue()).isFalse();
    assertThat(numbers).hasSize(count);
    List<String> texts = new ArrayList<>();
    for (byte number : numbers) {
      texts.add(number == 0 ? "" : packed.get("table").get(number - 1).textValue());
    }
    return texts;
  }

  static JsonNode data(String page) throws IOException {
    Matcher matcher = DATA.matcher(page);
    assertThat(matcher.find()).isTrue();
    return new ObjectMapper().readTree(matcher.group(1));
  }
}
