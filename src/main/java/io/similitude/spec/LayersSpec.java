package io.similitude.spec;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Which layers are tapped, and which of their features count.
 *
 * @param types module types that are tapped where {@code include} is empty; empty as well: {@link
 *     #DEFAULT_TYPES}, or every module of a network that is not convolutional
 * @param include globs over layer names; not empty: these modules, whatever their type
 * @param exclude globs over layer names that are left out
 * @param fraction the evenly spaced share of what is left, in (0, 1]; absent: all of it
 * @param features which features of a layer count
 * @param channelsFirst globs over names of layers whose features lie in the first dimension after
 *     the examples, whatever the network tells
 * @param channelsLast the same of layers whose features lie in the last dimension
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

  /** What is tapped without a word, with all its features. */
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

  /** The same where the network itself tells where features lie. */
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

  /** The same with null for what is absent: an Optional is not serializable. */
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
