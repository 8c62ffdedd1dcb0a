package io.similitude.program;

import static java.util.stream.Collectors.joining;

import io.similitude.input.InputException;
import io.similitude.spec.Features;
import io.similitude.spec.LayersSpec;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Chooses layers by a spec's {@code layers:}: first by types or globs, then an even share of them.
 */
public final class LayerSelection {
  /** The default types that transformers do not have. */
  private static final Set<String> CONVOLUTIONAL = Set.of("BatchNorm2d", "ReLU", "AvgPool2d");

  private LayerSelection() {}

  /**
   * The chosen layers, in call order. Each has the dimension of its features that the spec sets. If
   * pooled features are compared, a layer whose dimension of features is unknown is left out.
   *
   * @throws InputException if there is none
   */
  public static List<Layer> choose(LayersSpec spec, List<Layer> layers) {
    List<Layer> wanted = wanted(spec, layers);
    if (wanted.isEmpty()) {
      throw new InputException(
          "Invalid layers: none of the network's %d modules is chosen (its types: %s)"
              .formatted(layers.size(), types(layers)));
    }
    boolean pooled = spec.features() == Features.POOLED;
    List<Layer> chosen = wanted.stream().filter(layer -> !pooled || layer.canBePooled()).toList();
    if (chosen.isEmpty()) {
      throw new InputException(
          "Cannot pool layers %s: the dimension of their features is unknown (name them in layers: channels-first or channels-last)"
              .formatted(names(wanted)));
    }
    return share(chosen, spec.fraction().orElse(1));
  }

  /** The names of the wanted layers that cannot be pooled; empty if all can be. */
  public static String notPooled(LayersSpec spec, List<Layer> layers) {
    return names(wanted(spec, layers).stream().filter(layer -> !layer.canBePooled()).toList());
  }

  /** All layers. Each has the dimension of its features that the spec sets. */
  public static List<Layer> told(LayersSpec spec, List<Layer> layers) {
    List<PathMatcher> first = globs(spec.channelsFirst());
    List<PathMatcher> last = globs(spec.channelsLast());
    return layers.stream().map(layer -> told(layer, first, last)).toList();
  }

  private static Layer told(Layer layer, List<PathMatcher> first, List<PathMatcher> last) {
    boolean isFirst = matches(first, layer);
    boolean isLast = matches(last, layer);
    if (isFirst && isLast) {
      throw new InputException(
          "Invalid layers: %s is in channels-first and in channels-last (leave one out)"
              .formatted(layer.name()));
    }
    if (isFirst || isLast) {
      return layer.withAxis(isFirst ? FeatureAxis.FIRST : FeatureAxis.LAST);
    }
    return layer;
  }

  private static List<Layer> wanted(LayersSpec spec, List<Layer> layers) {
    List<PathMatcher> included = globs(spec.include());
    List<PathMatcher> excluded = globs(spec.exclude());
    List<String> types = types(spec, layers);
    return told(spec, layers).stream()
        .filter(
            layer -> included.isEmpty() ? types.contains(layer.type()) : matches(included, layer))
        .filter(layer -> !matches(excluded, layer))
        .toList();
  }

  private static String names(List<Layer> layers) {
    return layers.stream().map(Layer::name).collect(joining(", "));
  }

  private static List<String> types(LayersSpec spec, List<Layer> layers) {
    if (!spec.types().isEmpty()) {
      return spec.types();
    }
    return isConvolutional(layers) ? LayersSpec.DEFAULT_TYPES : types(layers);
  }

  /**
   * Whether the default types fit the network. They do not fit a transformer: it has Linear modules
   * and one convolution that cuts the image into patches, and it may end in a pooling, but has no
   * more of them.
   */
  private static boolean isConvolutional(List<Layer> layers) {
    return layers.stream().anyMatch(layer -> CONVOLUTIONAL.contains(layer.type()))
        || layers.stream().filter(layer -> layer.type().equals("Conv2d")).count() > 1;
  }

  /** The first and the last layer, and evenly spaced layers between them. */
  private static List<Layer> share(List<Layer> layers, double fraction) {
    int count = Math.max(1, (int) Math.round(fraction * layers.size()));
    if (count == layers.size()) {
      return layers;
    }
    if (count == 1) {
      return List.of(layers.get(layers.size() - 1));
    }
    List<Layer> share = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      share.add(layers.get((int) Math.round((double) i * (layers.size() - 1) / (count - 1))));
    }
    return share;
  }

  private static boolean matches(List<PathMatcher> globs, Layer layer) {
    Path name = Path.of(layer.name());
    return globs.stream().anyMatch(glob -> glob.matches(name));
  }

  /**
   * The globs. No layer's name contains a slash, so a star matches any part of it, including dots.
   */
  private static List<PathMatcher> globs(List<String> patterns) {
    return patterns.stream()
        .map(pattern -> FileSystems.getDefault().getPathMatcher("glob:" + pattern))
        .toList();
  }

  private static List<String> types(List<Layer> layers) {
    return layers.stream().map(Layer::type).distinct().toList();
  }
}
