package io.similitude.report;

import static io.similitude.report.ShownNumbers.counted;
import static io.similitude.report.ShownNumbers.grouped;

import com.samskivert.mustache.Mustache;
import io.similitude.analysis.CheckpointView;
import io.similitude.analysis.FindingSentence;
import io.similitude.analysis.Findings;
import io.similitude.analysis.Heatmap;
import io.similitude.analysis.MatchedLayers;
import io.similitude.analysis.finding.Sentences;
import io.similitude.analysis.finding.SweepFindings;
import io.similitude.report.figure.FigureStyle;
import io.similitude.report.figure.LegendSample;
import io.similitude.report.figure.SvgFigure;
import io.similitude.similarity.measure.MeasureColumns;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The report as one HTML file, which loads no other file and needs no network. Its charts are the
 * SVG of the figures next to it. Its script describes the point under the pointer, selects, and
 * sorts. If scripts are off, the PNGs are shown.
 */
final class HtmlPage {
  private final Findings findings;
  private final ReportFigures figures;
  private final SweepFindings found;
  private final HeatmapFrames frames = new HeatmapFrames();

  private HtmlPage(Findings findings, ReportFigures figures, SweepFindings found) {
    this.findings = findings;
    this.figures = figures;
    this.found = found;
  }

  static String of(Findings findings, ReportFigures figures, SweepFindings found) {
    return new HtmlPage(findings, figures, found).page();
  }

  /** Fills the template. The template escapes all texts except those in triple braces. */
  private String page() {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("title", findings.sweep());
    parts.put("lede", lede());
    parts.put("style", resource("report.css"));
    parts.put("script", resource("report.js"));
    parts.put("data", PageJson.of(findings, figures, frames));
    parts.put("sentences", sentences());
    parts.put("found", new FoundSections(found, figures).all());
    parts.put("hasFound", !found.rows().isEmpty());
    parts.put("accuracies", new AccuracyRows(findings));
    parts.put("hasAccuracies", !findings.accuracies().isEmpty());
    parts.put("checkpoints", legend());
    parts.put("trainings", trainings());
    parts.put("trainingsLeftOut", TrainingChart.leftOut(findings.trainings()));
    parts.put("series", series());
    parts.put("matched", matched());
    parts.put("curvesLeftOut", curvesLeftOut());
    parts.put("strips", new StripRows(findings).strips());
    parts.put("stripsLeftOut", stripsLeftOut());
    parts.put("hasHeatmaps", !findings.heatmaps().isEmpty());
    parts.put("axes", hasRowsOnly() ? "to the right" : "downwards and to the right");
    parts.put("heatmapsLeftOut", heatmapsLeftOut());
    parts.put("heatmapImages", figures.names().heatmaps());
    parts.put("frames", frames.all().stream().map(HeatmapFrames.Frame::svg).toList());
    parts.put("profiles", frames.profiles());
    parts.put("failures", findings.failures());
    parts.put("failed", counted(findings.failures().size(), "unit"));
    parts.put("provenance", List.copyOf(findings.provenance().entrySet()));
    return Mustache.compiler()
        .emptyStringIsFalse(true)
        .compile(resource("report.html"))
        .execute(parts);
  }

  /** The sentences. Each links to its figure and to its row. */
  private Map<String, Object> sentences() {
    List<FindingSentence> all =
        FoundSections.ordered(Sentences.of(found.rows(), findings.examples(), figures::anchor));
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("all", all);
    parts.put("has", !all.isEmpty());
    parts.put("rows", counted(found.rows().size(), "number"));
    return parts;
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
    List<String> measures =
        Stream.concat(
                findings.heatmaps().stream().map(Heatmap::measure),
                findings.robustness().matchedLayers().stream().map(MatchedLayers::measure))
            .map(MeasureColumns::title)
            .distinct()
            .toList();
    return "How similar every layer of %s, under %s, is to %s: %s, over %s in %s."
        .formatted(
            counted(
                shown.stream().map(CheckpointView::checkpoint).distinct().count(), "checkpoint"),
            counted(shown.stream().map(CheckpointView::view).distinct().count(), "view"),
            hasRowsOnly() ? "the same layer elsewhere" : "every other",
            String.join("; ", measures),
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

  /** One entry for each checkpoint that has a line. */
  private List<LegendEntry> legend() {
    List<LegendEntry> entries = new ArrayList<>();
    figures
        .styles()
        .forEach(
            (checkpoint, style) ->
                entries.add(
                    new LegendEntry(
                        checkpoint,
                        CheckpointTags.line(findings, checkpoint),
                        SvgFigure.inline(new LegendSample(checkpoint, style)))));
    return entries;
  }

  private List<Chart> series() {
    return IntStream.range(0, figures.series().size())
        .mapToObj(
            i -> {
              SeriesChart chart = figures.series().get(i);
              return new Chart(
                  i,
                  figures.names().series().get(i),
                  chart.heading(),
                  chart.subtitle(),
                  chart.what(),
                  SvgFigure.inline(
                      chart.figure(
                          figures.styles(), false, FigureStyle.ofPage(SeriesChart.PAGE_WIDTH))));
            })
        .toList();
  }

  private List<Chart> trainings() {
    return IntStream.range(0, figures.trainings().size())
        .mapToObj(
            i -> {
              TrainingChart chart = figures.trainings().get(i);
              return new Chart(
                  i,
                  figures.names().trainings().get(i),
                  chart.heading(),
                  chart.subtitle(),
                  chart.what(),
                  SvgFigure.inline(chart.figure(FigureStyle.ofPage(SeriesChart.PAGE_WIDTH))));
            })
        .toList();
  }

  private List<Chart> matched() {
    return IntStream.range(0, figures.matched().size())
        .mapToObj(
            i -> {
              MatchedChart chart = figures.matched().get(i);
              return new Chart(
                  i,
                  figures.names().matchedLayers().get(i),
                  chart.heading(),
                  chart.subtitle(),
                  chart.what(),
                  SvgFigure.inline(chart.figure(figures.styles(), false, FigureStyle.ofPage())));
            })
        .toList();
  }

  private String curvesLeftOut() {
    long left = findings.robustness().curvesLeftOut();
    long shown =
        findings.robustness().matchedLayers().stream().mapToInt(it -> it.curves().size()).sum();
    return left == 0
        ? ""
        : "This page shows %s of %s, of checkpoints that lie evenly in the order of the spec."
            .formatted(grouped(shown), counted(shown + left, "curve"));
  }

  private String stripsLeftOut() {
    int shown = findings.robustness().strips().size();
    int left = findings.robustness().stripsLeftOut();
    return left == 0
        ? ""
        : "This page shows the first %d of %d strips, in the order of the spec."
            .formatted(shown, shown + left);
  }

  private String heatmapsLeftOut() {
    long left = findings.heatmapsLeftOut();
    int shown = findings.heatmaps().size();
    return left == 0
        ? ""
        : "This page shows %s of %s heatmaps. The key report of the spec says which come first."
            .formatted(grouped(shown), grouped(shown + left));
  }

  /** Whether layers were compared only with layers of the same name. */
  private boolean hasRowsOnly() {
    return findings.heatmaps().stream().anyMatch(Heatmap::isOfSameLayers)
        && findings.heatmaps().stream().allMatch(HtmlPage::isOfNamesakes);
  }

  /**
   * Whether a map has only layers of the same name. If each side has one layer, its map is the same
   * in both cases.
   */
  private static boolean isOfNamesakes(Heatmap map) {
    return map.isOfSameLayers()
        || (map.cells().size() == 1 && map.rowLayers().equals(map.columnLayers()));
  }

  private static String resource(String name) {
    try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A line chart on the page. */
  record Chart(
      int number, String figure, String heading, String subtitle, String what, String svg) {}

  /** A checkpoint in the legend that all charts share. */
  record LegendEntry(String checkpoint, String tags, String sample) {}
}
