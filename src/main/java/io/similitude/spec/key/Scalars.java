package io.similitude.spec.key;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses scalars: whole numbers, numbers, fractions such as 8/255. */
public final class Scalars {
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,19}");
  private static final String DECIMAL = "[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?";
  private static final Pattern NUMBER =
      Pattern.compile("(?<over>" + DECIMAL + ")(?:\\s*/\\s*(?<under>" + DECIMAL + "))?");

  private Scalars() {}

  /** A whole number of 64 bits. */
  public static Optional<Long> whole(String text) {
    if (!WHOLE.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException beyondLong) {
      return Optional.empty();
    }
  }

  /** A finite number, written as a decimal or as a fraction of two. */
  public static Optional<Double> number(String text) {
    Matcher number = NUMBER.matcher(text);
    if (!number.matches()) {
      return Optional.empty();
    }
    String under = number.group("under");
    double value =
        Double.parseDouble(number.group("over")) / (under == null ? 1 : Double.parseDouble(under));
    return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
  }

  /**
   * The value with the type that the text has: Integer, Double, Boolean, or else the text itself.
   */
  public static Object typed(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    Optional<Object> integer = whole(text).filter(Scalars::isInteger).map(Long::intValue);
    return integer.or(() -> number(text)).orElse(text);
  }

  /** Checks that a value is one that {@link #typed} gives. */
  public static void require(String name, Object value) {
    if (!(value instanceof Integer
        || value instanceof Double
        || value instanceof Boolean
        || value instanceof String)) {
      throw new IllegalArgumentException(
          "Invalid " + name + ": " + value + " (must be a number, a truth value or a word)");
    }
  }

  private static boolean isInteger(long value) {
    return value == (int) value;
  }
}
