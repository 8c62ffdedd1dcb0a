package io.similitude.job;

import static java.util.stream.Collectors.joining;

import io.similitude.spec.AttackSpec;
import io.similitude.spec.ViewSpec;
import java.util.Locale;

/** An attack in a few words for people. */
final class AttackText {
  private static final double LEVELS = 255;

  private AttackText() {}

  /** {@code pgd-linf, epsilon 16/255, steps 10}; nothing for a view of the examples as they are. */
  static String of(ViewSpec view) {
    String attack = view.attack().map(AttackText::of).orElse("");
    return attack + view.craftOn().map(checkpoint -> ", crafted on " + checkpoint).orElse("");
  }

  private static String of(AttackSpec attack) {
    String parameters =
        attack.parameters().entrySet().stream()
            .map(entry -> ", " + entry.getKey() + " " + value(entry.getValue()))
            .collect(joining());
    return attack.name() + parameters;
  }

  /** Budgets are often whole numbers of grey levels. */
  private static String value(Object value) {
    if (value instanceof Double number) {
      double levels = number * LEVELS;
      boolean whole = Math.abs(levels - Math.rint(levels)) < 1e-9 && number < 1 && number > 0;
      return whole
          ? "%.0f/255".formatted(levels)
          : String.format(Locale.ROOT, "%.4g", number).replaceAll("\\.?0+$", "");
    }
    return value.toString();
  }
}
