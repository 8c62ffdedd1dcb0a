package io.similitude.report;

import io.similitude.analysis.CheckpointView;
import io.similitude.analysis.Heatmap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * File names of heatmaps: {@code heatmap-<a>-<view>-vs-<b>-<view>.png}, shortened to what file
 * systems take, and numbered where two would be the same, upper and lower case not told apart.
 */
final class ImageNames {
  /** File systems take 255 bytes; this leaves room for a number and the suffix. */
  private static final int MAX_LENGTH = 200;

  private ImageNames() {}

  /** One name for each heatmap, in their order. */
  static List<String> of(List<Heatmap> heatmaps) {
    Set<String> taken = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (Heatmap heatmap : heatmaps) {
      names.add(unique(stem(heatmap), taken) + ".png");
    }
    return names;
  }

  private static String unique(String stem, Set<String> taken) {
    String name = stem;
    for (int k = 2; !taken.add(name.toLowerCase(Locale.ROOT)); k++) {
      name = stem + "-" + k;
    }
    return name;
  }

  private static String stem(Heatmap heatmap) {
    String stem = "heatmap-" + side(heatmap.rows()) + "-vs-" + side(heatmap.columns());
    return stem.substring(0, Math.min(MAX_LENGTH, stem.length()));
  }

  private static String side(CheckpointView shown) {
    return (shown.checkpoint() + "-" + shown.view()).replaceAll("[^A-Za-z0-9._-]", "_");
  }
}
