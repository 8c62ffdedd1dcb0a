package io.similitude.analysis.finding;

import java.util.OptionalDouble;

/** The number that a tag's value represents: 12, 0.5, 1e-3 or 8/255. */
final class TagNumber {
  private TagNumber() {}

  static OptionalDouble of(String value) {
    String[] parts = value.split("/", -1);
    try {
      double number = Double.parseDouble(parts[0]);
      double divisor = parts.length == 2 ? Double.parseDouble(parts[1]) : 1;
      boolean isNumber = parts.length <= 2 && Double.isFinite(number / divisor);
      return isNumber ? OptionalDouble.of(number / divisor) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
