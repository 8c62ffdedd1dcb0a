package io.similitude.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.OptionalDouble;

/** Formats numbers for readers. */
final class ShownNumbers {
  private static final MathContext TWO_DIGITS = new MathContext(2);

  private static final double SMALL_PROBABILITY = 1e-3;

  /**
   * The decimals of a probability. A table of such texts has no more entries than a byte can count.
   */
  private static final int PROBABILITY_DECIMALS = 3;

  /** Smaller numbers are shown as powers of ten. */
  private static final double SMALL = 1e-4;

  private ShownNumbers() {}

  /**
   * A number with two digits: {@code 0.0012}, {@code 3.1E-7}. The text is empty if there is no
   * number.
   */
  static String twoDigits(OptionalDouble number) {
    if (number.isEmpty()) {
      return "";
    }
    double value = number.getAsDouble();
    BigDecimal rounded = BigDecimal.valueOf(value).round(TWO_DIGITS).stripTrailingZeros();
    return value == 0 || Math.abs(value) >= SMALL ? rounded.toPlainString() : rounded.toString();
  }

  /** A q-value: {@code = 0.034}, {@code < 0.001}. The text is empty if there is none. */
  static String probability(OptionalDouble number) {
    if (number.isEmpty()) {
      return "";
    }
    return number.getAsDouble() < SMALL_PROBABILITY
        ? "< " + SMALL_PROBABILITY
        : "= " + rounded(number.getAsDouble(), PROBABILITY_DECIMALS);
  }

  private static String rounded(double number, int decimals) {
    return BigDecimal.valueOf(number)
        .setScale(decimals, RoundingMode.HALF_EVEN)
        .round(TWO_DIGITS)
        .stripTrailingZeros()
        .toPlainString();
  }

  static String decimals(double number, int count) {
    return String.format(Locale.ROOT, "%." + count + "f", number);
  }

  static String percent(double fraction) {
    return decimals(100 * fraction, 1) + "%";
  }

  static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String counted(long count, String noun) {
    return grouped(count) + " " + noun + (count == 1 ? "" : "s");
  }

  /**
   * A size as {@code 0.0627 (16/255)}. The steps of a byte have a decimal if they are not whole.
   */
  static String linf(double size) {
    double steps = 255 * size;
    boolean whole = Math.abs(steps - Math.rint(steps)) < 0.005;
    return decimals(size, 4) + " (" + decimals(steps, whole ? 0 : 1) + "/255)";
  }
}
