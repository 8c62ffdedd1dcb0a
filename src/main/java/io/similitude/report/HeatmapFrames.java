package io.similitude.report;

import io.similitude.analysis.Heatmap;
import io.similitude.report.figure.FigureStyle;
import io.similitude.report.figure.HeatmapFrame;
import io.similitude.report.figure.HeatmapLayout;
import io.similitude.report.figure.SvgFigure;
import io.similitude.report.figure.ValueScale;
import io.similitude.similarity.measure.MeasureColumns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The frames of all heatmaps of a page. Heatmaps with the same layers and the same scale share one
 * frame.
 */
final class HeatmapFrames {
  private final Map<Key, Frame> frames = new LinkedHashMap<>();
  private final List<ValueScale> profiles = new ArrayList<>();

  Frame of(Heatmap map) {
    Key key = new Key(map.rowLayers(), map.columnLayers(), ValueScale.of(map.measure()));
    return frames.computeIfAbsent(key, it -> frame(it, frames.size()));
  }

  /** The number of the frame for the profiles of a measure. */
  int ofProfile(MeasureColumns measure) {
    ValueScale scale = ValueScale.of(measure);
    if (!profiles.contains(scale)) {
      profiles.add(scale);
    }
    return profiles.indexOf(scale);
  }

  List<Frame> all() {
    return List.copyOf(frames.values());
  }

  /** The frames of the profiles, in the order of their numbers. */
  List<String> profiles() {
    return profiles.stream().map(scale -> SvgFigure.inline(ProfileChart.frame(scale))).toList();
  }

  private static Frame frame(Key key, int number) {
    FigureStyle style = FigureStyle.ofPage();
    HeatmapLayout layout = HeatmapLayout.of(key.rowLayers, key.columnLayers, false, style);
    HeatmapFrame figure =
        new HeatmapFrame(key.rowLayers, key.columnLayers, key.scale, style, layout);
    return new Frame(number, layout, SvgFigure.inline(figure));
  }

  private record Key(List<String> rowLayers, List<String> columnLayers, ValueScale scale) {}

  /** A frame as SVG, and the places of its cells. */
  record Frame(int number, HeatmapLayout layout, String svg) {}
}
