package io.similitude.report.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names along an axis of layers, each with the layers that it stands for.
 *
 * @param names as they are written
 * @param first the first layer of each name
 * @param count how many layers each name stands for
 */
record TickNames(List<String> names, List<Integer> first, List<Integer> count) {
  TickNames {
    names = List.copyOf(names);
    first = List.copyOf(first);
    count = List.copyOf(count);
  }

  /** Every layer by its own name. */
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
   * Every layer, with only the numbers of what it lies in: {@code block3.layer.1.bn1} as {@code
   * 3.1.bn1}.
   */
  static TickNames ofShortLayers(List<String> layers) {
    return ofLayers(layers.stream().map(TickNames::shortName).toList());
  }

  /** One for each stretch of layers that lie in the same block: the first part of their names. */
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

  /** The middle of what the k-th name stands for, in layers from the first one's edge. */
  double middle(int k) {
    return first.get(k) + count.get(k) / 2.0;
  }

  /** Every so many names, so that none lies on the next. */
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
