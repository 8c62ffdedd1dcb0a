package io.similitude.report;

import io.similitude.analysis.CheckpointView;
import io.similitude.analysis.Heatmap;
import io.similitude.analysis.MatchedLayers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * File names of figures, without their endings: {@code heatmap-<a>-<view>-vs-<b>-<view>}, {@code
 * matched-layers-<view>}, {@code series-<what>}, {@code training-<id>-<what>} and {@code
 * <finding>-<curve>-<view>}. They are shortened to a length that file systems accept. If two names
 * are equal, they get numbers. Upper and lower case count as equal.
 *
 * @param heatmaps one for each heatmap, in their order
 * @param matchedLayers one for each set of curves, in their order
 * @param series one for each chart of a series, in their order
 * @param trainings one for each chart of a training, in their order
 * @param found one for each figure of findings, in their order
 */
record FigureNames(
    List<String> heatmaps,
    List<String> matchedLayers,
    List<String> series,
    List<String> trainings,
    List<String> found) {
  /** File systems accept 255 bytes. This limit leaves room for a number and the ending. */
  private static final int MAX_LENGTH = 200;

  static FigureNames of(
      List<Heatmap> heatmaps,
      List<MatchedLayers> matchedLayers,
      List<SeriesChart> series,
      List<TrainingChart> trainings,
      List<FoundFigure> found) {
    return new FigureNames(
        unique(heatmaps.stream().map(FigureNames::stem)),
        unique(matchedLayers.stream().map(FigureNames::stem)),
        unique(series.stream().map(SeriesChart::stem)),
        unique(trainings.stream().map(TrainingChart::stem)),
        unique(found.stream().map(FoundFigure::stem)));
  }

  private static List<String> unique(Stream<String> stems) {
    Set<String> taken = new HashSet<>();
    List<String> names = new ArrayList<>();
    stems.forEach(stem -> names.add(unique(safe(stem), taken)));
    return List.copyOf(names);
  }

  private static String unique(String stem, Set<String> taken) {
    String name = stem;
    for (int k = 2; !taken.add(name.toLowerCase(Locale.ROOT)); k++) {
      name = stem + "-" + k;
    }
    return name;
  }

  private static String stem(Heatmap heatmap) {
    return "heatmap-" + side(heatmap.rows()) + "-vs-" + side(heatmap.columns());
  }

  private static String stem(MatchedLayers matched) {
    return "matched-layers-" + matched.perturbed();
  }

  private static String side(CheckpointView shown) {
    return shown.checkpoint() + "-" + shown.view();
  }

  private static String safe(String stem) {
    String safe = stem.replaceAll("[^A-Za-z0-9._-]", "_");
    return safe.substring(0, Math.min(MAX_LENGTH, safe.length()));
  }
}
