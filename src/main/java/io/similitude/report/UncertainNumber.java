package io.similitude.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** A number with its error in parentheses, in units of its last digit: {@code 0.240(7)}. */
final class UncertainNumber {
  private static final MathContext WITHOUT_ERROR = new MathContext(4);

  /**
   * The limit below which an error has two digits: an error that begins with a 1 has two digits.
   */
  private static final double SHORT = 1.95;

  private UncertainNumber() {}

  /**
   * The text of a number.
   *
   * @param error the error; null if there is none, and then the number has four digits
   */
  static String of(double value, Double error) {
    if (error == null || error == 0) {
      return plain(BigDecimal.valueOf(value).round(WITHOUT_ERROR));
    }
    double power = Math.floor(Math.log10(error));
    int digits = error / Math.pow(10, power) < SHORT ? 2 : 1;
    int decimals = digits - 1 - (int) power;
    BigDecimal shown = BigDecimal.valueOf(error).setScale(decimals, RoundingMode.HALF_EVEN);
    BigDecimal number = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN);
    String inside =
        decimals > 0 ? shown.unscaledValue().toString() : shown.setScale(0).toPlainString();
    return number.toPlainString() + "(" + inside + ")";
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
