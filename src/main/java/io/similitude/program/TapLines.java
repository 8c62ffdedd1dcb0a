package io.similitude.program;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The lines of a described network's source that make what is tapped.
 *
 * <p>A batch normalisation in evaluation mode multiplies each channel and adds a constant, which
 * centring takes away. So where it follows a layer that is tapped too, both Gram matrices come from
 * the same products, as weighted sums over the channels.
 */
final class TapLines {
  /** Below this, adding up the channels' Gram matrices costs what their products do. */
  private static final int LEAST_AREA = 256;

  private final List<Tap> taps;
  private final Taps chosen;

  TapLines(List<Tap> all, Taps chosen) {
    this.taps = all.stream().filter(tap -> chosen.layers().contains(tap.layer())).toList();
    this.chosen = chosen;
  }

  /** What follows an operation. */
  List<String> after(int operation) {
    List<String> lines = new ArrayList<>();
    for (Tap tap : taps) {
      if (tap.value().operation() == operation) {
        chosen.reductions().forEach(how -> line(tap, how).ifPresent(lines::add));
      }
    }
    return lines;
  }

  /** What the program returns after its logits, each with a comma before it. */
  String outputs() {
    return chosen.layers().stream()
        .flatMap(layer -> chosen.reductions().stream().map(how -> ", " + output(layer, how)))
        .collect(joining());
  }

  private Optional<String> line(Tap tap, Reduction how) {
    if (how == Reduction.GRAM && source(tap).isPresent()) {
      return Optional.empty();
    }
    Optional<Tap> scaled = how == Reduction.GRAM ? scaled(tap) : Optional.empty();
    String made = output(tap.layer(), how);
    String value = tap.value().variable();
    return Optional.of(
        scaled
            .map(
                other ->
                    "%s, %s, = __torch__.similitude_scaled_grams(%s, %s, )"
                        .formatted(
                            made,
                            output(other.layer(), how),
                            value,
                            other.scaling().orElseThrow().factors()))
            .orElseGet(() -> made + " = " + how.of(value)));
  }

  /** The tap whose Gram matrix comes along with this one's. */
  private Optional<Tap> scaled(Tap tap) {
    return taps.stream().filter(other -> source(other).filter(tap::equals).isPresent()).findFirst();
  }

  /** The tap along with whose Gram matrix this one's comes: one that has no other such. */
  private Optional<Tap> source(Tap tap) {
    if (tap.scaling().isEmpty() || tap.value().area() < LEAST_AREA) {
      return Optional.empty();
    }
    Value of = tap.scaling().orElseThrow().of();
    boolean first =
        taps.stream()
            .filter(other -> other.scaling().map(Tap.Scaling::of).filter(of::equals).isPresent())
            .findFirst()
            .filter(tap::equals)
            .isPresent();
    return first
        ? taps.stream().filter(other -> other.value().equals(of)).findFirst()
        : Optional.empty();
  }

  private static String output(Layer layer, Reduction reduction) {
    return "tap" + layer.index() + "_" + reduction.name().toLowerCase(Locale.ROOT);
  }
}
