package io.similitude.report;

import io.similitude.analysis.Accuracy;
import io.similitude.analysis.CheckpointView;
import io.similitude.analysis.Failure;
import io.similitude.analysis.Findings;
import io.similitude.analysis.Heatmap;
import io.similitude.similarity.Measure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The report as one HTML file: tables written here, heatmaps drawn by its script from the JSON that
 * it carries; without scripts the PNGs beside it are shown. It loads nothing from anywhere else.
 */
final class HtmlPage {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

  private final Findings findings;
  private final List<String> images;

  private HtmlPage(Findings findings, List<String> images) {
    this.findings = findings;
    this.images = images;
  }

  /** The page; {@code images} are the file names of the heatmaps, in their order. */
  static String of(Findings findings, List<String> images) {
    return new HtmlPage(findings, images).page();
  }

  private String page() {
    Map<String, String> parts =
        Map.of(
            "title", escaped(findings.sweep()),
            "lede", escaped(lede()),
            "style", resource("report.css"),
            "script", resource("report.js"),
            "data", FindingsJson.of(findings, images),
            "accuracies", accuracies(),
            "heatmaps", heatmaps(),
            "failures", failures(),
            "provenance", provenance());
    return PLACEHOLDER
        .matcher(resource("report.html"))
        .replaceAll(match -> Matcher.quoteReplacement(parts.get(match.group(1))));
  }

  private String lede() {
    if (findings.heatmaps().isEmpty()) {
      return "No similarities were computed.";
    }
    List<CheckpointView> shown =
        findings.heatmaps().stream()
            .flatMap(map -> Stream.of(map.rows(), map.columns()))
            .distinct()
            .toList();
    String measures =
        findings.heatmaps().stream()
            .map(Heatmap::measure)
            .map(Measure::title)
            .distinct()
            .collect(Collectors.joining("; "));
    return "How similar every layer of %s, under %s, is to every other: %s, over %s in %s."
        .formatted(
            counted(
                shown.stream().map(CheckpointView::checkpoint).distinct().count(), "checkpoint"),
            counted(shown.stream().map(CheckpointView::view).distinct().count(), "view"),
            measures,
            counted(findings.examples(), "example"),
            findings.batches() == 1 ? "1 batch" : findings.batches() + " batches");
  }

  private String accuracies() {
    if (findings.accuracies().isEmpty()) {
      return "";
    }
    String rows =
        findings.accuracies().stream().map(this::accuracy).collect(Collectors.joining("\n"));
    return """
        <section>
        <h2>Accuracy</h2>
        <table>
        <thead><tr><th>checkpoint</th><th>view</th><th class="number">accuracy</th>\
        <th class="number">examples</th>%s</tr></thead>
        <tbody>
        %s
        </tbody>
        </table>
        </section>"""
        .formatted(findings.tags().isEmpty() ? "" : "<th>tags</th>", rows);
  }

  private String accuracy(Accuracy accuracy) {
    String percent = String.format(Locale.ROOT, "%.1f%%", 100 * accuracy.fraction());
    CheckpointView shown = accuracy.shown();
    return row(
        cell(shown.checkpoint()),
        cell(shown.view()),
        """
        <td class="number"><span class="meter"><span style="width: %s"></span></span>\
        <span class="percent">%s</span></td>"""
            .formatted(percent, percent),
        "<td class=\"number\">" + grouped(accuracy.examples()) + "</td>",
        findings.tags().isEmpty() ? "" : tags(shown.checkpoint()));
  }

  private String tags(String checkpoint) {
    return findings.tags().getOrDefault(checkpoint, Map.of()).entrySet().stream()
        .map(tag -> escaped(tag.getKey() + ": " + tag.getValue()))
        .map(tag -> "<span class=\"tag\">" + tag + "</span>")
        .collect(Collectors.joining("", "<td>", "</td>"));
  }

  private String heatmaps() {
    if (findings.heatmaps().isEmpty()) {
      return "";
    }
    String fallback =
        images.stream()
            .map(name -> "<img src=\"%s\" alt=\"%s\">".formatted(escaped(name), escaped(name)))
            .collect(Collectors.joining("\n", "<noscript>\n", "\n</noscript>"));
    return """
        <section>
        <h2>Similarity of layers</h2>
        <p class="note">Every pair of a checkpoint and a view with another or itself, on the same scale\
         from 0 to 1; layers run from input to output, downwards and to the right.%s</p>
        <div class="explore">
        <div class="small">
        <div class="overview" id="overview"></div>
        <div class="profile" id="profile"></div>
        </div>
        <div class="large" id="large"></div>
        </div>
        <div class="tip" id="tip" role="tooltip" hidden></div>
        %s
        </section>"""
        .formatted(leftOut(), fallback);
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

  private static String row(String... cells) {
    return Stream.of(cells).collect(Collectors.joining("", "<tr>", "</tr>"));
  }

  private static String cell(String text) {
    return "<td>" + escaped(text) + "</td>";
  }

  private static String counted(long count, String noun) {
    return grouped(count) + " " + noun + (count == 1 ? "" : "s");
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String resource(String name) {
    try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
