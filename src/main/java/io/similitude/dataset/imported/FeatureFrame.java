package io.similitude.dataset.imported;

import java.util.Arrays;

/**
 * The shift and scale of a file's features: an origin and powers of two that float32 needs. It is
 * made from the first rows of the file, so all batches share it. It changes no measure: they ignore
 * shift and scale.
 *
 * <p>Most files need none. If float32 cannot hold the numbers of a file, each feature whose spread
 * is below 1/1,024 of its size gets an origin: its value in the first row. A file whose features
 * are above 2<sup>40</sup> or below 2<sup>-40</sup> has a Gram matrix in other units, because their
 * squares leave float32's range, and beyond 2<sup>100</sup> its stored features are in other units
 * too.
 */
final class FeatureFrame {
  /** The number of rows that it is made from. */
  static final int ROWS = 16;

  static final FeatureFrame NONE = new FeatureFrame(new double[0], 0, 0);

  private static final double NARROW = 0x1p-10;
  private static final int MOST_IN_GRAM = 40;
  private static final int MOST_STORED = 100;

  /**
   * A value whose distance from the origin is at most the rounding of both counts as equal to the
   * origin.
   */
  private static final double ROUNDING = 0x1p-50;

  private final double[] origin;
  private final int gramExponent;
  private final int storedExponent;

  private FeatureFrame(double[] origin, int gramExponent, int storedExponent) {
    this.origin = origin;
    this.gramExponent = gramExponent;
    this.storedExponent = storedExponent;
  }

  /** The frame for the first rows of a file. */
  static FeatureFrame of(double[][] rows) {
    double[] origin = origin(rows);
    double largest = 0;
    for (double[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        largest = Math.max(largest, Math.abs(row[j] - origin[j]));
      }
    }
    boolean isOrdinary = largest == 0 || !Double.isFinite(largest);
    int size = isOrdinary ? 0 : Math.getExponent(largest);
    return new FeatureFrame(
        origin,
        Math.abs(size) > MOST_IN_GRAM ? -size : 0,
        Math.abs(size) > MOST_STORED ? -size : 0);
  }

  private static double[] origin(double[][] rows) {
    double[] origin = new double[rows[0].length];
    boolean fits =
        Arrays.stream(rows).flatMapToDouble(Arrays::stream).allMatch(x -> (float) x == x);
    for (int j = 0; j < origin.length && !fits; j++) {
      origin[j] = isNarrow(rows, j) ? rows[0][j] : 0;
    }
    return origin;
  }

  private static boolean isNarrow(double[][] rows, int j) {
    double spread = 0;
    for (double[] row : rows) {
      spread = Math.max(spread, Math.abs(row[j] - rows[0][j]));
    }
    return spread < NARROW * Math.abs(rows[0][j]);
  }

  /** The power of two by which features are multiplied before their products are made. */
  int gramExponent() {
    return gramExponent;
  }

  float[] stored(double[] row) {
    float[] stored = new float[row.length];
    for (int j = 0; j < stored.length; j++) {
      double from = j < origin.length ? origin[j] : 0;
      double apart = row[j] - from;
      boolean isThere = from != 0 && Math.abs(apart) <= ROUNDING * Math.abs(from);
      stored[j] = isThere ? 0 : (float) Math.scalb(apart, storedExponent);
    }
    return stored;
  }
}
