package io.similitude.spec.reader;

import java.math.BigInteger;
import java.util.Comparator;

/** Compares texts so that numbers in them are in numeric order: epoch_2 before epoch_10. */
final class NaturalOrder implements Comparator<String> {
  private static final String BETWEEN_DIGITS_AND_OTHERS =
      "(?<=[0-9])(?=[^0-9])|(?<=[^0-9])(?=[0-9])";

  @Override
  public int compare(String a, String b) {
    String[] as = a.split(BETWEEN_DIGITS_AND_OTHERS, -1);
    String[] bs = b.split(BETWEEN_DIGITS_AND_OTHERS, -1);
    for (int i = 0; i < Math.min(as.length, bs.length); i++) {
      int order = comparePart(as[i], bs[i]);
      if (order != 0) {
        return order;
      }
    }
    // 02 and 2 are the same number but different texts.
    return as.length == bs.length ? a.compareTo(b) : as.length - bs.length;
  }

  private static int comparePart(String a, String b) {
    return isNumber(a) && isNumber(b)
        ? new BigInteger(a).compareTo(new BigInteger(b))
        : a.compareTo(b);
  }

  private static boolean isNumber(String part) {
    return !part.isEmpty() && part.charAt(0) >= '0' && part.charAt(0) <= '9';
  }
}
