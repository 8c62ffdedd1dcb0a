package io.similitude.report;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Numbers with a few decimals, stored as whole numbers of two bytes, little-endian, in base64.
 *
 * @param unit the value of the whole number 1
 * @param base64 the numbers; {@link #MISSING} for a missing number
 */
record PackedNumbers(double unit, String base64) {
  static final short MISSING = Short.MIN_VALUE;

  /** The finest unit, because the page shows four decimals. */
  private static final double FINEST = 1e-4;

  /** Packs numbers in the finest unit in which the largest of them fits. */
  static PackedNumbers of(OptionalDouble[] numbers) {
    double largest =
        Arrays.stream(numbers)
            .flatMapToDouble(OptionalDouble::stream)
            .map(Math::abs)
            .max()
            .orElse(0);
    double unit = FINEST;
    while (Math.rint(largest / unit) > Short.MAX_VALUE) {
      unit *= 10;
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(Short.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (OptionalDouble number : numbers) {
      bytes.putShort(number.isPresent() ? (short) Math.rint(number.getAsDouble() / unit) : MISSING);
    }
    return new PackedNumbers(unit, Base64.getEncoder().encodeToString(bytes.array()));
  }

  /** Unpacks the numbers. A missing number is NaN. */
  double[] numbers() {
    ByteBuffer bytes =
        ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
    return IntStream.range(0, bytes.capacity() / Short.BYTES)
        .map(k -> bytes.getShort(Short.BYTES * k))
        .mapToDouble(it -> it == MISSING ? Double.NaN : it * unit)
        .toArray();
  }
}
