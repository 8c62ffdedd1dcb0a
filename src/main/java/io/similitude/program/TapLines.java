package io.similitude.program;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The lines of a described network's source that compute the tapped values.
 *
 * <p>A batch normalisation in evaluation mode multiplies each channel by a factor and adds a
 * constant. Centring removes the constant. So if it follows a layer that is also tapped, both Gram
 * matrices are computed from the same products, as weighted sums over the channels.
 */
public final class TapLines {
  /**
   * The least area of a channel. Below it, the sum over the channels' Gram matrices costs as much
   * as their products.
   */
  private static final int LEAST_AREA = 256;

  private final List<Tap> taps;
  private final Taps chosen;
  private final Map<Tap, Tap> scaled;
  private final boolean changing;

  /**
   * The lines for these taps.
   *
   * @param changing whether a later operation may overwrite a value
   */
  public TapLines(List<Tap> all, Taps chosen, boolean changing) {
    this.changing = changing;
    this.taps = all.stream().filter(tap -> chosen.layers().contains(tap.layer())).toList();
    this.chosen = chosen;
    this.scaled = scaled(taps);
  }

  /** The lines after an operation. */
  public List<String> after(int operation) {
    List<String> lines = new ArrayList<>();
    for (Tap tap : taps) {
      if (tap.value().operation() == operation) {
        chosen.reductions().forEach(how -> line(tap, how).ifPresent(lines::add));
      }
    }
    return lines;
  }

  /** The outputs of the program after its logits, each with a comma before it. */
  public String outputs() {
    return chosen.layers().stream()
        .flatMap(layer -> chosen.reductions().stream().map(how -> ", " + output(layer, how)))
        .collect(joining());
  }

  private Optional<String> line(Tap tap, Reduction how) {
    String made = output(tap.layer(), how);
    String value = tap.value().variable();
    boolean copied = changing && how == Reduction.WHOLE;
    String read = copied ? "torch.clone(" + value + ")" : value;
    String reduced = made + " = " + how.of(read, tap.layer().featureDimension());
    if (how != Reduction.GRAM) {
      return Optional.of(reduced);
    }
    if (scaled.containsValue(tap)) {
      return Optional.empty();
    }
    return Optional.of(
        Optional.ofNullable(scaled.get(tap))
            .map(other -> grams(made, value, other))
            .orElse(reduced));
  }

  /** The Gram matrices of a value and of its scaled copies. */
  private static String grams(String made, String value, Tap scaled) {
    return "%s, %s, = __torch__.similitude_scaled_grams(%s, %s, )"
        .formatted(
            made,
            output(scaled.layer(), Reduction.GRAM),
            value,
            scaled.scaling().orElseThrow().factors());
  }

  /**
   * For each tap, the other tap whose Gram matrix is computed together with its own; at most one.
   */
  private static Map<Tap, Tap> scaled(List<Tap> taps) {
    Map<Value, Tap> byValue = new HashMap<>();
    taps.forEach(tap -> byValue.putIfAbsent(tap.value(), tap));
    Map<Tap, Tap> scaled = new HashMap<>();
    for (Tap tap : taps) {
      tap.scaling()
          .filter(scaling -> tap.value().area() >= LEAST_AREA)
          .map(scaling -> byValue.get(scaling.of()))
          .filter(source -> !scaled.containsValue(source))
          .ifPresent(source -> scaled.putIfAbsent(source, tap));
    }
    return scaled;
  }

  private static String output(Layer layer, Reduction reduction) {
    return "tap" + layer.index() + "_" + reduction.name().toLowerCase(Locale.ROOT);
  }
}
