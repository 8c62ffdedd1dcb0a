package io.similitude.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.analysis.FindingsBuilder;
import io.similitude.analysis.finding.SweepFindings;
import io.similitude.similarity.table.SimilarityRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.htmlunit.WebClient;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlOption;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the page's script in a browser without a screen; an error in it fails the test. */
final class PageScriptTest {
  @TempDir Path folder;

  private final WebClient browser = new WebClient();
  private HtmlPage page;

  @BeforeEach
  void open() throws IOException {
    LargeReport report = new LargeReport(4, 4, 3);
    FindingsBuilder builder = report.builder();
    ReportWriter.write(report.rows(), builder, LargeReport.twoNumbers(), folder);
    page = browser.getPage(folder.resolve("index.html").toUri().toURL());
  }

  @AfterEach
  void close() {
    browser.close();
  }

  @Test
  void twoCheckpointsUnderOneViewAreShownFirst() {
    assertThat(text("#heatmap h3")).isEqualTo("checkpoint-0 / v0 \u00d7 checkpoint-1 / v0");
    assertThat(all("#heatmap svg image.cells")).hasSize(1);
    assertThat(text("#heatmap .actions")).isEqualTo("SVG PDF PNG");
    assertThat(all("#profile path.profile-line")).hasSize(1);
  }

  @Test
  void twoSelectsChooseTheHeatmap() {
    choose("rows", "checkpoint-2 / v0");
    choose("columns", "checkpoint-3 / v0");

    assertThat(text("#heatmap h3")).isEqualTo("checkpoint-2 / v0 \u00d7 checkpoint-3 / v0");
    assertThat(link("#heatmap .actions a"))
        .isEqualTo("heatmap-checkpoint-2-v0-vs-checkpoint-3-v0.svg");
  }

  @Test
  void aTagLeavesOnlyItsCheckpoints() {
    choose("tag", "training: adversarial");

    assertThat(options("rows"))
        .isNotEmpty()
        .allMatch(it -> it.startsWith("checkpoint-1") || it.startsWith("checkpoint-3"));
  }

  @Test
  void theArrowKeysTellTheNumbersOfACell() {
    key("#heatmap .plot", "ArrowRight");
    assertThat(text("#heatmap .readout"))
        .matches(
            "\\u2212?\\d\\.\\d{4} \u00b1 0\\.00\\d+ between block1\\.layer\\.0\\.conv1 of .*q .*");

    key("#heatmap .plot", "ArrowDown");
    assertThat(text("#heatmap .readout")).contains("between block1.layer.0.conv2 of");
  }

  @Test
  void theArrowKeysTellTheNumbersOfALine() {
    key("#series-accuracy-epsilon .plot", "ArrowRight");

    assertThat(text("#series-accuracy-epsilon .readout"))
        .isEqualTo("0.8400 \u00b1 0.012 for epsilon 1/255 of checkpoint-0, pgd-linf, steps 10");
  }

  @Test
  void aCheckpointOfTheLegendStaysLitWhenItIsPressed() throws IOException {
    DomElement button = (DomElement) all("#legend button").get(1);
    button.click();

    assertThat(button.getAttribute("aria-pressed")).isEqualTo("true");
    List<DomNode> lines = all("#series-accuracy-epsilon svg .line");
    assertThat(lines).hasSize(4);
    assertThat(classes(lines.get(0))).contains("faded");
    assertThat(classes(lines.get(1))).doesNotContain("faded");
  }

  @Test
  void ofManyChartsOneIsShown() {
    choose("choose-matched", "1");

    assertThat(all("#curves .panel"))
        .filteredOn(panel -> !((DomElement) panel).hasAttribute("hidden"))
        .extracting(panel -> ((DomElement) panel).getId())
        .containsExactly("matched-layers-v2");
  }

  @Test
  void aTableIsSortedByTheColumnThatIsPressed() throws IOException {
    DomElement accuracy = (DomElement) all("#accuracy th button").get(2);

    accuracy.click();
    assertThat(text("#accuracy tbody td.number")).isEqualTo("72.0%");
    accuracy.click();
    assertThat(text("#accuracy tbody td.number")).isEqualTo("90.0%");
    assertThat(((DomElement) accuracy.getParentNode()).getAttribute("aria-sort"))
        .isEqualTo("descending");
  }

  @Test
  void theFindingsComeFirstAndLinkToTheirFigures() throws IOException {
    assertThat(all("main section").get(0))
        .extracting(it -> ((DomElement) it).getId())
        .isEqualTo("findings");
    assertThat(text("#findings li"))
        .startsWith("Under v2 the layers of checkpoint-0 fall into blocks, cut at layer7");
    assertThat(text("#findings li.undecided"))
        .startsWith("Not decided: Whether training=adversarial differs from training=standard");

    ((DomElement) all("#findings a").get(0)).click();
    browser.waitForBackgroundJavaScript(1000);
    assertThat(text("#heatmap h3")).isEqualTo("checkpoint-0 / v2 \u00d7 checkpoint-0 / v2");
  }

  @Test
  void aPageWithoutHeatmapsHasNoErrors() throws IOException {
    List<SimilarityRow> none = List.of();
    Path empty = folder.resolve("empty");
    ReportWriter.write(
        none.iterator(),
        new FindingsBuilder("s", List.of(Example.STANDARD), 9),
        SweepFindings.NOTHING,
        empty);
    page = browser.getPage(empty.resolve("index.html").toUri().toURL());

    assertThat(all("#heatmap")).isEmpty();
  }

  private List<DomNode> all(String selector) {
    return page.querySelectorAll(selector);
  }

  private String text(String selector) {
    return all(selector).get(0).asNormalizedText().replace('\n', ' ');
  }

  private String link(String selector) {
    return ((DomElement) all(selector).get(0)).getAttribute("href");
  }

  private static String classes(DomNode node) {
    return ((DomElement) node).getAttribute("class");
  }

  private void choose(String select, String value) {
    HtmlSelect element = page.getHtmlElementById(select);
    element.setSelectedAttribute(element.getOptionByValue(value), true);
  }

  private List<String> options(String select) {
    HtmlSelect element = page.getHtmlElementById(select);
    return element.getOptions().stream().map(HtmlOption::getText).toList();
  }

  private void key(String selector, String key) {
    String script =
        "document.querySelector('%s').dispatchEvent(new KeyboardEvent('keydown', {key: '%s'}))";
    page.executeJavaScript(script.formatted(selector, key));
  }
}
