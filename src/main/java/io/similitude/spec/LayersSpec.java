package io.similitude.spec;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The layers that are tapped, and the features of them that are used.
 *
 * @param types module types that are tapped if {@code include} is empty; if {@code types} is empty
 *     too: {@link #DEFAULT_TYPES}, or every module of a network that is not convolutional
 * @param include globs over layer names; if not empty, these modules are tapped, with any type
 * @param exclude globs over layer names that are left out
 * @param fraction the share of the remaining layers that is tapped, evenly spaced, in (0, 1];
 *     absent: all of them
 * @param features the features of a layer that are used
 * @param channelsFirst globs over names of layers whose features are in the first dimension after
 *     the examples; this overrides the network's own information
 * @param channelsLast globs over names of layers whose features are in the last dimension
 */
public record LayersSpec(
    List<String> types,
    List<String> include,
    List<String> exclude,
    OptionalDouble fraction,
    Features features,
    List<String> channelsFirst,
    List<String> channelsLast)
    implements Serializable {
  /** The module types of convolutional networks. */
  public static final List<String> DEFAULT_TYPES =
      List.of("Conv2d", "BatchNorm2d", "ReLU", "AvgPool2d", "AdaptiveAvgPool2d", "Linear");

  /** The default: the default layers, with all their features. */
  public static final LayersSpec DEFAULT =
      new LayersSpec(List.of(), List.of(), List.of(), OptionalDouble.empty(), Features.FULL);

  public LayersSpec {
    types = List.copyOf(types);
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    channelsFirst = List.copyOf(channelsFirst);
    channelsLast = List.copyOf(channelsLast);
    requireNonNull(features, "features");
    if (fraction.isPresent() && !isFraction(fraction.getAsDouble())) {
      throw new IllegalArgumentException(
          "Invalid fraction: " + fraction.getAsDouble() + " (must be above 0 and at most 1)");
    }
  }

  /** A choice of layers where the network itself tells in which dimension the features are. */
  public LayersSpec(
      List<String> types,
      List<String> include,
      List<String> exclude,
      OptionalDouble fraction,
      Features features) {
    this(types, include, exclude, fraction, features, List.of(), List.of());
  }

  public static boolean isFraction(double value) {
    return value > 0 && value <= 1;
  }

  private Object writeReplace() {
    Double share = fraction.isPresent() ? fraction.getAsDouble() : null;
    return new Serialized(types, include, exclude, share, features, channelsFirst, channelsLast);
  }

  /** The serialized form, with null for absent parts: an Optional is not serializable. */
  private record Serialized(
      List<String> types,
      List<String> include,
      List<String> exclude,
      Double fraction,
      Features features,
      List<String> channelsFirst,
      List<String> channelsLast)
      implements Serializable {
    private Object readResolve() {
      OptionalDouble share =
          fraction == null ? OptionalDouble.empty() : OptionalDouble.of(fraction);
      return new LayersSpec(types, include, exclude, share, features, channelsFirst, channelsLast);
    }
  }
}
