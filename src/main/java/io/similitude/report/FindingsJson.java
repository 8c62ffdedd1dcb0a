package io.similitude.report;

import io.similitude.analysis.Findings;
import io.similitude.analysis.Heatmap;
import io.similitude.analysis.MatchedCurve;
import io.similitude.analysis.MatchedLayers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The heatmaps and curves as the JSON that the page's script draws; lists of layer names stand once
 * for all that share them.
 */
final class FindingsJson {
  private final Map<List<String>, Integer> layerLists = new LinkedHashMap<>();
  private final Findings findings;
  private final ImageNames images;

  private FindingsJson(Findings findings, ImageNames images) {
    this.findings = findings;
    this.images = images;
  }

  static String of(Findings findings, ImageNames images) {
    return new FindingsJson(findings, images).json();
  }

  private String json() {
    String heatmaps = heatmaps();
    String matched = matched();
    return "{\"colours\":%s,\n\"layers\":%s,\n\"matched\":%s,\n\"heatmaps\":[%s]}"
        .formatted(
            Json.array(ColourMap.hex(), Json::text),
            Json.array(new ArrayList<>(layerLists.keySet()), l -> Json.array(l, Json::text)),
            matched,
            heatmaps);
  }

  private String heatmaps() {
    List<Heatmap> heatmaps = findings.heatmaps();
    return IntStream.range(0, heatmaps.size())
        .mapToObj(i -> heatmap(heatmaps.get(i), images.heatmaps().get(i)))
        .collect(Collectors.joining(",\n"));
  }

  private String heatmap(Heatmap map, String image) {
    return Json.object(
        "\"measure\":" + Json.text(map.measure().title()),
        "\"rows\":" + Json.text(map.rows().toString()),
        "\"columns\":" + Json.text(map.columns().toString()),
        "\"rowLayers\":" + layers(map.rowLayers()),
        "\"columnLayers\":" + layers(map.columnLayers()),
        "\"sameLayers\":" + map.isOfSameLayers(),
        "\"image\":" + Json.text(image),
        Json.similarities(map.cells()),
        Json.evidence(map.evidence()));
  }

  private String matched() {
    List<MatchedLayers> panels = findings.robustness().matchedLayers();
    Map<String, LineStyle> styles = LineStyle.ofCheckpoints(panels);
    ValueAxis axis = ValueAxis.of(panels);
    return Json.object(
        "\"low\":" + axis.low(),
        "\"high\":" + axis.high(),
        "\"ticks\":" + Json.array(axis.ticks(), tick -> Json.text(tick.label())),
        "\"checkpoints\":" + Json.array(List.copyOf(styles.entrySet()), this::checkpoint),
        "\"panels\":"
            + IntStream.range(0, panels.size())
                .mapToObj(i -> panel(panels.get(i), List.copyOf(styles.keySet()), i))
                .collect(Collectors.joining(",\n", "[", "]")));
  }

  private String checkpoint(Map.Entry<String, LineStyle> entry) {
    LineStyle style = entry.getValue();
    return Json.object(
        "\"id\":" + Json.text(entry.getKey()),
        "\"tags\":" + Json.text(Tags.line(findings, entry.getKey())),
        "\"colour\":" + Json.text(style.hex()),
        "\"dash\":" + Json.array(style.dash(), String::valueOf),
        "\"marker\":" + Json.text(style.marker().svg()));
  }

  private String panel(MatchedLayers panel, List<String> checkpoints, int index) {
    return Json.object(
        "\"measure\":" + Json.text(panel.measure().title()),
        "\"benign\":" + Json.text(panel.benign()),
        "\"perturbed\":" + Json.text(panel.perturbed()),
        "\"attack\":" + Json.text(findings.robustness().attacks().get(panel.perturbed())),
        "\"image\":" + Json.text(images.matchedLayers().get(index)),
        "\"curves\":" + Json.array(panel.curves(), curve -> curve(curve, checkpoints)));
  }

  private String curve(MatchedCurve curve, List<String> checkpoints) {
    return Json.object(
        "\"checkpoint\":" + checkpoints.indexOf(curve.checkpoint()),
        "\"layers\":" + layers(curve.layers()),
        Json.similarities(curve.similarities()));
  }

  private int layers(List<String> names) {
    return layerLists.computeIfAbsent(names, n -> layerLists.size());
  }
}
