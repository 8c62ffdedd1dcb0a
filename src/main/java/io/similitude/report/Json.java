package io.similitude.report;

import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Significance;
import io.similitude.similarity.measure.Status;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * JSON for the page's script, safe inside a script element.
 *
 * <p>Values have five decimals, z-scores one, standard errors and q-values two digits, which is
 * what the page shows; the CSV has all.
 */
final class Json {
  private static final MathContext ERROR_DIGITS = new MathContext(2);
  private static final int VALUE_DECIMALS = 5;

  private Json() {}

  static String object(String... members) {
    return "{" + String.join(",", members) + "}";
  }

  static <T> String array(List<T> items, Function<T, String> format) {
    return items.stream().map(format).collect(Collectors.joining(",", "[", "]"));
  }

  /** The members {@code values}, {@code errors} and {@code statuses}: only what is not ok. */
  static String similarities(List<MeasureValue> cells) {
    return String.join(
        ",",
        "\"values\":" + array(cells, cell -> number(cell.value(), Json::value)),
        "\"errors\":" + array(cells, cell -> number(cell.standardError(), Json::error)),
        "\"statuses\":" + statuses(cells));
  }

  /** The members {@code scores} and {@code qValues}. */
  static String evidence(List<Significance> cells) {
    return String.join(
        ",",
        "\"scores\":" + array(cells, cell -> number(cell.zScore(), Json::score)),
        "\"qValues\":" + array(cells, cell -> number(cell.qValue(), Json::error)));
  }

  /** Escapes what JSON must, and what could end the script element around it. */
  static String text(String string) {
    return string
        .chars()
        .mapToObj(c -> isPlain(c) ? Character.toString(c) : "\\u%04x".formatted(c))
        .collect(Collectors.joining("", "\"", "\""));
  }

  /** By the index of the cell. */
  private static String statuses(List<MeasureValue> cells) {
    return IntStream.range(0, cells.size())
        .filter(k -> cells.get(k).status() != Status.OK)
        .mapToObj(k -> "\"" + k + "\":" + text(cells.get(k).status().label()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String number(OptionalDouble number, Function<BigDecimal, BigDecimal> round) {
    return number.isPresent()
        ? round.apply(BigDecimal.valueOf(number.getAsDouble())).stripTrailingZeros().toString()
        : "null";
  }

  private static BigDecimal value(BigDecimal value) {
    return value.setScale(VALUE_DECIMALS, RoundingMode.HALF_EVEN);
  }

  private static BigDecimal score(BigDecimal score) {
    return score.setScale(1, RoundingMode.HALF_EVEN);
  }

  private static BigDecimal error(BigDecimal error) {
    return error.round(ERROR_DIGITS);
  }

  private static boolean isPlain(int c) {
    return c >= ' ' && c < 0x7f && "\"\\<>&".indexOf(c) < 0;
  }
}
