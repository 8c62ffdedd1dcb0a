package io.similitude.similarity.significance;

import java.util.Arrays;

/**
 * The q-values of a table's {@link PValues}, for millions of look-ups in any order.
 *
 * <p>Keys that differ only in their last {@value #BUCKET_BITS} bits are in one bucket. The ends of
 * a bucket are looked up, so a search touches only a few cache lines.
 */
public final class QValues {
  private static final int BUCKET_BITS = 8;

  private final int[] keys;
  private final double[] qValues;

  /** The position of each bucket's first key, and at the end the number of keys. */
  private final int[] begins;

  /**
   * @param keys of the p-values, ascending
   * @param qValues one per key
   */
  QValues(int[] keys, double[] qValues) {
    this.keys = keys;
    this.qValues = qValues;
    this.begins = new int[bucket(PValues.MOST_KEY) + 2];
    for (int key : keys) {
      begins[bucket(key) + 1]++;
    }
    for (int b = 1; b < begins.length; b++) {
      begins[b] += begins[b - 1];
    }
  }

  /**
   * The q-value of one of the p-values.
   *
   * @throws IllegalArgumentException if it is not one of them
   */
  public double of(double pValue) {
    int key = PValues.key(pValue);
    int bucket = bucket(key);
    int at = Arrays.binarySearch(keys, begins[bucket], begins[bucket + 1], key);
    if (at < 0) {
      throw new IllegalArgumentException("Invalid p-value: " + pValue + " (must be one counted)");
    }
    return qValues[at];
  }

  private static int bucket(int key) {
    return key >>> BUCKET_BITS;
  }
}
