package io.similitude.analysis;

import static java.util.stream.Collectors.joining;

import io.similitude.spec.AttackSpec;
import io.similitude.spec.ViewSpec;
import java.math.BigDecimal;
import java.math.MathContext;

/** Describes an attack in a few words. */
public final class AttackText {
  private static final double LEVELS = 255;
  private static final MathContext DIGITS = new MathContext(4);

  private AttackText() {}

  /** {@code pgd-linf, epsilon 16/255, steps 10}; empty for a view without attack. */
  public static String of(ViewSpec view) {
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

  /** Formats a value. Budgets are often whole numbers of grey levels. */
  static String value(Object value) {
    if (value instanceof Double number) {
      double levels = number * LEVELS;
      boolean whole = Math.abs(levels - Math.rint(levels)) < 1e-9 && number < 1 && number > 0;
      return whole ? "%.0f/255".formatted(levels) : decimal(number);
    }
    return value.toString();
  }

  /** A number with its significant digits: {@code 1000}, {@code 0.3333}, {@code 1E-10}. */
  private static String decimal(double number) {
    BigDecimal rounded = new BigDecimal(number).round(DIGITS).stripTrailingZeros();
    double size = Math.abs(number);
    return size == 0 || (size >= 1e-4 && size < 1e7) ? rounded.toPlainString() : rounded.toString();
  }
}
