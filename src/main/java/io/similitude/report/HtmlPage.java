package io.similitude.report;

import static io.similitude.report.Markup.cell;
import static io.similitude.report.Markup.counted;
import static io.similitude.report.Markup.escaped;
import static io.similitude.report.Markup.grouped;
import static io.similitude.report.Markup.row;

import io.similitude.analysis.CheckpointView;
import io.similitude.analysis.Failure;
import io.similitude.analysis.Findings;
import io.similitude.analysis.Heatmap;
import io.similitude.analysis.MatchedLayers;
import io.similitude.similarity.measure.MeasureColumns;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The report as one HTML file: tables and example images written here, heatmaps and curves drawn by
 * its script from the JSON that it carries; without scripts the PNGs beside it are shown. It loads
 * nothing from anywhere else.
 */
final class HtmlPage {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

  private final Findings findings;
  private final ImageNames images;

  private HtmlPage(Findings findings, ImageNames images) {
    this.findings = findings;
    this.images = images;
  }

  static String of(Findings findings, ImageNames images) {
    return new HtmlPage(findings, images).page();
  }

  private String page() {
    Map<String, String> parts =
        Map.of(
            "title", escaped(findings.sweep()),
            "lede", escaped(lede()),
            "style", resource("report.css"),
            "script", scripts(),
            "data", FindingsJson.of(findings, images),
            "accuracies", AccuracyTable.of(findings),
            "robustness", robustness(),
            "heatmaps", heatmaps(),
            "failures", failures(),
            "provenance", provenance());
    return PLACEHOLDER
        .matcher(resource("report.html"))
        .replaceAll(match -> Matcher.quoteReplacement(parts.get(match.group(1))));
  }

  private static String scripts() {
    return Stream.of("drawing.js", "curves.js", "heatmaps.js")
        .map(HtmlPage::resource)
        .collect(Collectors.joining("\n"));
  }

  private String robustness() {
    return MatchedSection.of(findings, images.matchedLayers()) + StripSection.of(findings);
  }

  private String lede() {
    List<CheckpointView> shown =
        Stream.concat(
                findings.heatmaps().stream().flatMap(map -> Stream.of(map.rows(), map.columns())),
                findings.robustness().matchedLayers().stream().flatMap(HtmlPage::sides))
            .distinct()
            .toList();
    if (shown.isEmpty()) {
      return "No similarities were computed.";
    }
    String measures =
        Stream.concat(
                findings.heatmaps().stream().map(Heatmap::measure),
                findings.robustness().matchedLayers().stream().map(MatchedLayers::measure))
            .map(MeasureColumns::title)
            .distinct()
            .collect(Collectors.joining("; "));
    return "How similar every layer of %s, under %s, is to %s: %s, over %s in %s."
        .formatted(
            counted(
                shown.stream().map(CheckpointView::checkpoint).distinct().count(), "checkpoint"),
            counted(shown.stream().map(CheckpointView::view).distinct().count(), "view"),
            hasRowsOnly() ? "the same layer elsewhere" : "every other",
            measures,
            counted(findings.examples(), "example"),
            findings.batches() == 1 ? "1 batch" : findings.batches() + " batches");
  }

  private static Stream<CheckpointView> sides(MatchedLayers panel) {
    return panel.curves().stream()
        .flatMap(
            curve ->
                Stream.of(panel.benign(), panel.perturbed())
                    .map(view -> new CheckpointView(curve.checkpoint(), view)));
  }

  private String heatmaps() {
    if (findings.heatmaps().isEmpty()) {
      return "";
    }
    return """
        <section>
        <h2>Similarity of layers</h2>
        <p class="note">Every pair of a checkpoint and a view with another or itself, on the same scale\
         from 0 to 1; layers run from input to output, %s.%s</p>
        <div class="explore">
        <div class="small">
        <div class="overview" id="overview"></div>
        <div class="profile" id="profile"></div>
        </div>
        <div class="large" id="large"></div>
        </div>
        %s
        </section>"""
        .formatted(
            hasRowsOnly() ? "to the right" : "downwards and to the right",
            leftOut(),
            Markup.fallback(images.heatmaps()));
  }

  /** Whether layers were compared with their namesakes only. */
  private boolean hasRowsOnly() {
    return findings.heatmaps().stream().anyMatch(Heatmap::isOfSameLayers)
        && findings.heatmaps().stream().allMatch(HtmlPage::isOfNamesakes);
  }

  /** Of one layer on both sides a row and a square are the same. */
  private static boolean isOfNamesakes(Heatmap map) {
    return map.isOfSameLayers()
        || (map.cells().size() == 1 && map.rowLayers().equals(map.columnLayers()));
  }

  private String leftOut() {
    if (findings.heatmapsLeftOut() == 0) {
      return "";
    }
    int shown = findings.heatmaps().size();
    return (" This page shows %s of %s heatmaps, those whose two sides stand closest in the spec;"
            + " <a href=\"similarities.csv\">similarities.csv</a> has all the numbers.")
        .formatted(grouped(shown), grouped(shown + (long) findings.heatmapsLeftOut()));
  }

  private String failures() {
    if (findings.failures().isEmpty()) {
      return "";
    }
    String rows =
        findings.failures().stream().map(HtmlPage::failure).collect(Collectors.joining("\n"));
    return """
        <section>
        <h2>Failures</h2>
        <p class="note">%s could not be done; the rest is complete.</p>
        <table>
        <thead><tr><th>unit</th><th>stage</th><th>cause</th></tr></thead>
        <tbody>
        %s
        </tbody>
        </table>
        </section>"""
        .formatted(counted(findings.failures().size(), "unit"), rows);
  }

  private static String failure(Failure failure) {
    return row(cell(failure.unit()), cell(failure.stage()), cell(failure.cause()));
  }

  private String provenance() {
    if (findings.provenance().isEmpty()) {
      return "";
    }
    String rows =
        findings.provenance().entrySet().stream()
            .map(entry -> row(cell(entry.getKey()), cell(entry.getValue())))
            .collect(Collectors.joining("\n"));
    return """
        <section>
        <h2>Provenance</h2>
        <table class="provenance">
        <tbody>
        %s
        </tbody>
        </table>
        </section>"""
        .formatted(rows);
  }

  private static String resource(String name) {
    try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
