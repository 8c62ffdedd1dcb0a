package io.similitude.report.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names along an axis of layers, each with the layers that it represents.
 *
 * @param names the written names
 * @param first the first layer of each name
 * @param count the number of layers that each name represents
 */
record TickNames(List<String> names, List<Integer> first, List<Integer> count) {
  TickNames {
    names = List.copyOf(names);
    first = List.copyOf(first);
    count = List.copyOf(count);
  }

  /** A name for every layer: its own name. */
  static TickNames ofLayers(List<String> layers) {
    List<Integer> first = new ArrayList<>();
    List<Integer> count = new ArrayList<>();
    for (int k = 0; k < layers.size(); k++) {
      first.add(k);
      count.add(1);
    }
    return new TickNames(layers, first, count);
  }

  /**
   * A short name for every layer, with only the numbers of the modules that contain it: {@code
   * block3.layer.1.bn1} as {@code 3.1.bn1}.
   */
  static TickNames ofShortLayers(List<String> layers) {
    return ofLayers(layers.stream().map(TickNames::shortName).toList());
  }

  /** A name for each run of layers in the same block: the first part of their names. */
  static TickNames ofBlocks(List<String> layers) {
    List<String> names = new ArrayList<>();
    List<Integer> first = new ArrayList<>();
    List<Integer> count = new ArrayList<>();
    for (int k = 0; k < layers.size(); k++) {
      String block = layers.get(k).split("\\.", 2)[0];
      int last = names.size() - 1;
      if (last >= 0 && names.get(last).equals(block)) {
        count.set(last, count.get(last) + 1);
      } else {
        names.add(block);
        first.add(k);
        count.add(1);
      }
    }
    return new TickNames(names, first, count);
  }

  /** The middle of the layers of the k-th name, in layers from the edge of the first layer. */
  double middle(int k) {
    return first.get(k) + count.get(k) / 2.0;
  }

  /** The step between the written names, so that names do not overlap. */
  int step(double layerWidth, double needed) {
    double narrowest = count.stream().mapToInt(Integer::intValue).min().orElse(1) * layerWidth;
    return isOfLayers() ? (int) Math.max(1, Math.ceil(needed / narrowest)) : 1;
  }

  boolean isOfLayers() {
    return count.stream().allMatch(it -> it == 1);
  }

  private static String shortName(String layer) {
    String[] parts = layer.split("\\.");
    Stream<String> around =
        Arrays.stream(parts, 0, parts.length - 1)
            .map(part -> part.replaceAll("\\D+", " ").strip().replace(' ', '-'))
            .filter(digits -> !digits.isEmpty());
    return Stream.concat(around, Stream.of(parts[parts.length - 1]))
        .collect(Collectors.joining("."));
  }
}
