package io.similitude.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.similitude.analysis.Findings;
import io.similitude.analysis.Heatmap;
import io.similitude.analysis.MatchedCurve;
import io.similitude.analysis.MatchedLayers;
import io.similitude.report.figure.CellImage;
import io.similitude.report.figure.CellMarks;
import io.similitude.report.figure.ChartLine;
import io.similitude.report.figure.FigureStyle;
import io.similitude.report.figure.HeatmapFigure;
import io.similitude.report.figure.Legend;
import io.similitude.report.figure.LineChart;
import io.similitude.report.figure.SvgFigure;
import io.similitude.report.figure.ValueScale;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Status;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The numbers of the charts as JSON. The page's script uses them to describe the point under the
 * pointer. Shared lists of layer names and shared measures are stored only once.
 */
final class PageJson {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final Distinct<List<String>> layers = new Distinct<>();
  private final Distinct<MeasureColumns> measures = new Distinct<>();
  private final Findings findings;
  private final ReportFigures figures;
  private final HeatmapFrames frames;
  private final JsonGenerator json;

  private PageJson(
      Findings findings, ReportFigures figures, HeatmapFrames frames, JsonGenerator json) {
    this.findings = findings;
    this.figures = figures;
    this.frames = frames;
    this.json = json;
  }

  static String of(Findings findings, ReportFigures figures, HeatmapFrames frames) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.setCharacterEscapes(new ScriptEscapes());
      new PageJson(findings, figures, frames, json).write();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private void write() throws IOException {
    json.writeStartObject();
    writeCheckpoints();
    json.writeArrayFieldStart("matched");
    for (int i = 0; i < figures.matched().size(); i++) {
      writeMatched(i);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("series");
    for (int i = 0; i < figures.series().size(); i++) {
      writeSeries(figures.series().get(i));
    }
    json.writeEndArray();
    json.writeArrayFieldStart("found");
    for (FoundFigure figure : figures.found().all()) {
      if (figure instanceof CurveFigure curves) {
        writeFound(curves);
      }
    }
    json.writeEndArray();
    json.writeArrayFieldStart("heatmaps");
    for (int i = 0; i < findings.heatmaps().size(); i++) {
      writeHeatmap(findings.heatmaps().get(i), figures.names().heatmaps().get(i));
    }
    json.writeEndArray();
    writeShared();
    json.writeEndObject();
  }

  private void writeCheckpoints() throws IOException {
    List<String> ids =
        Stream.concat(
                figures.styles().keySet().stream(),
                findings.heatmaps().stream()
                    .flatMap(it -> Stream.of(it.rows().checkpoint(), it.columns().checkpoint())))
            .distinct()
            .toList();
    json.writeObjectFieldStart("tags");
    for (String id : ids) {
      writeTexts(id, CheckpointTags.of(findings, id));
    }
    json.writeEndObject();
  }

  private void writeMatched(int index) throws IOException {
    MatchedLayers panel = findings.robustness().matchedLayers().get(index);
    json.writeStartObject();
    json.writeStringField("what", panel.measure().title());
    json.writeStringField("where", panel.benign() + " against " + panel.perturbed());
    json.writeArrayFieldStart("lines");
    for (MatchedCurve curve : panel.curves()) {
      json.writeStartObject();
      json.writeStringField("name", curve.checkpoint());
      json.writeNumberField("labels", layers.number(curve.layers()));
      writePoints(ChartLine.evenly(curve.layers().size()), curve.similarities());
      json.writeEndObject();
    }
    json.writeEndArray();
    writeGeometry(
        figures.matched().get(index).figure(figures.styles(), false, FigureStyle.ofPage()));
    json.writeEndObject();
  }

  private void writeSeries(SeriesChart chart) throws IOException {
    LineChart figure =
        chart.figure(figures.styles(), false, FigureStyle.ofPage(SeriesChart.PAGE_WIDTH));
    json.writeStartObject();
    json.writeStringField("what", chart.what());
    json.writeStringField("where", chart.series().attack());
    json.writeArrayFieldStart("lines");
    List<String> labels =
        chart.series().steps().stream()
            .map(step -> chart.series().parameter() + " " + step.label())
            .toList();
    for (ChartLine line : figure.lines()) {
      json.writeStartObject();
      json.writeStringField("name", line.name());
      json.writeNumberField("labels", layers.number(labels));
      writePoints(line.x(), line.points());
      json.writeEndObject();
    }
    json.writeEndArray();
    writeGeometry(figure);
    json.writeEndObject();
  }

  private void writeFound(CurveFigure chart) throws IOException {
    json.writeStartObject();
    json.writeStringField("what", chart.heading());
    json.writeStringField("where", chart.where());
    json.writeArrayFieldStart("lines");
    for (int i = 0; i < chart.lines().size(); i++) {
      ChartLine line = chart.lines().get(i);
      json.writeStartObject();
      json.writeStringField("name", line.name());
      json.writeNumberField("labels", layers.number(chart.labels().get(i)));
      writePoints(line.x(), line.points());
      json.writeEndObject();
    }
    json.writeEndArray();
    writeGeometry(chart.onPage());
    json.writeEndObject();
  }

  private void writePoints(List<Double> x, List<MeasureValue> points) throws IOException {
    json.writeArrayFieldStart("x");
    for (double place : x) {
      json.writeNumber(Math.rint(place * 1e4) / 1e4);
    }
    json.writeEndArray();
    writeSimilarities(points);
  }

  private void writeGeometry(LineChart chart) throws IOException {
    json.writeArrayFieldStart("plot");
    for (double length :
        List.of(chart.left(), chart.top(), chart.plotWidth(), chart.plotHeight())) {
      json.writeNumber(Math.rint(length * 100) / 100);
    }
    json.writeEndArray();
    json.writeNumberField("low", chart.axis().low());
    json.writeNumberField("high", chart.axis().high());
  }

  private void writeHeatmap(Heatmap map, String stem) throws IOException {
    ValueScale scale = ValueScale.of(map.measure());
    HeatmapFrames.Frame frame = frames.of(map);
    json.writeStartObject();
    json.writeNumberField("measure", measures.number(map.measure()));
    writeTexts("rows", List.of(map.rows().checkpoint(), map.rows().view()));
    writeTexts("columns", List.of(map.columns().checkpoint(), map.columns().view()));
    json.writeNumberField("rowLayers", layers.number(map.rowLayers()));
    json.writeNumberField("columnLayers", layers.number(map.columnLayers()));
    json.writeNumberField("frame", frame.number());
    json.writeStringField("figure", stem);
    json.writeStringField("cells", CellImage.base64(CellImage.of(map, scale, 1)));
    writeMarks(CellMarks.of(map, scale, frame.layout()), scale);
    writeSimilarities(map.cells());
    writeTexts("scores", PackedTexts.of(scores(map)));
    writeTexts("qValues", PackedTexts.of(qValues(map)));
    List<Integer> borders = figures.borders().of(map);
    if (!borders.isEmpty()) {
      json.writeStringField(
          "borders", SvgFigure.outline(HeatmapFigure.borderLines(borders, frame.layout())));
    }
    writeLegend(Legend.of(map, borders));
    writeProfile(map);
    json.writeEndObject();
  }

  private void writeMarks(CellMarks marks, ValueScale scale) throws IOException {
    if (marks.below().getCurrentPoint() != null) {
      json.writeStringField("below", SvgFigure.outline(marks.below()));
    }
    if (marks.above().getCurrentPoint() != null) {
      json.writeStringField("above", SvgFigure.outline(marks.above()));
    }
    json.writeBooleanField("isDarkLow", scale.dark() < scale.light());
  }

  private void writeLegend(List<Legend> legend) throws IOException {
    json.writeArrayFieldStart("legend");
    for (Legend line : legend) {
      json.writeStartArray();
      json.writeString(line.sample().keyword());
      json.writeString(line.text());
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  /** Writes the values of the same layer on both sides as a curve. */
  private void writeProfile(Heatmap map) throws IOException {
    List<MeasureValue> diagonal = ProfileChart.diagonal(map);
    if (!diagonal.isEmpty()) {
      ProfileChart profile = new ProfileChart(map.measure());
      json.writeNumberField("profileFrame", frames.ofProfile(map.measure()));
      json.writeStringField("profileLine", profile.line(diagonal));
      json.writeStringField("profileBand", profile.band(diagonal));
    }
  }

  private void writeSimilarities(List<MeasureValue> cells) throws IOException {
    PackedNumbers values =
        PackedNumbers.of(cells.stream().map(MeasureValue::value).toArray(OptionalDouble[]::new));
    json.writeNumberField("unit", values.unit());
    json.writeStringField("values", values.base64());
    writeTexts(
        "errors",
        PackedTexts.of(
            cells.stream().map(it -> ShownNumbers.twoDigits(it.standardError())).toList()));
    writeTexts(
        "statuses",
        PackedTexts.of(
            cells.stream()
                .map(it -> it.status() == Status.OK ? "" : it.status().label())
                .toList()));
  }

  private static List<String> scores(Heatmap map) {
    return map.evidence().stream().map(it -> ShownNumbers.twoDigits(it.zScore())).toList();
  }

  private static List<String> qValues(Heatmap map) {
    return map.evidence().stream().map(it -> ShownNumbers.probability(it.qValue())).toList();
  }

  private void writeShared() throws IOException {
    json.writeArrayFieldStart("layers");
    for (List<String> list : layers.all()) {
      writeTexts(list);
    }
    json.writeEndArray();
    writeTexts("measures", measures.all().stream().map(MeasureColumns::title).toList());
    json.writeArrayFieldStart("frames");
    for (HeatmapFrames.Frame frame : frames.all()) {
      json.writeStartArray();
      json.writeNumber(frame.layout().left());
      json.writeNumber(frame.layout().top());
      json.writeNumber(frame.layout().cell());
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeNumberField("first", FirstHeatmap.of(findings));
    json.writeObjectFieldStart("reasons");
    for (Map.Entry<Status, String> reason : StatusReasons.all().entrySet()) {
      json.writeStringField(reason.getKey().label(), reason.getValue());
    }
    json.writeEndObject();
  }

  private void writeTexts(String name, PackedTexts texts) throws IOException {
    if (!texts.isEmpty()) {
      json.writeObjectFieldStart(name);
      writeTexts("table", texts.table());
      json.writeBooleanField("wide", texts.isWide());
      json.writeStringField("numbers", texts.base64());
      json.writeEndObject();
    }
  }

  private void writeTexts(String name, List<String> texts) throws IOException {
    json.writeFieldName(name);
    writeTexts(texts);
  }

  private void writeTexts(List<String> texts) throws IOException {
    json.writeStartArray();
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  /** Different things with a number each, in the order of their first appearance. */
  private static final class Distinct<T> {
    private final List<T> all = new ArrayList<>();
    private final Map<T, Integer> numbers = new HashMap<>();

    int number(T thing) {
      return numbers.computeIfAbsent(
          thing,
          it -> {
            all.add(it);
            return all.size() - 1;
          });
    }

    List<T> all() {
      return all;
    }
  }
}
