package io.similitude.similarity.significance;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The p-values of a table, however many and wherever they lie, as the counts from which every
 * q-value follows: empty, of, combine, {@link #qValues}.
 *
 * <p>A p-value counts as the next number at or above it that has {@value #KEPT_BITS} bits of
 * mantissa, so that there are few different ones; q-values are those of {@link FalseDiscovery} but
 * for that, at most 1.6e-5 above them, relatively, and never below. Counts add up exactly: the cut
 * of the table and the order of its parts do not matter.
 */
public final class PValues implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int KEPT_BITS = 16;
  private static final int DROPPED_BITS = 52 - KEPT_BITS;

  /** The leading bits of 1. */
  static final int MOST_KEY = 0x3ff << KEPT_BITS;

  private static final PValues EMPTY = new PValues(new int[0], new long[0]);

  /** The leading bits of the doubles, ascending, as the doubles themselves then are. */
  private final int[] keys;

  private final long[] counts;

  private PValues(int[] keys, long[] counts) {
    this.keys = keys;
    this.counts = counts;
  }

  public static PValues empty() {
    return EMPTY;
  }

  /**
   * Of the first {@code length} numbers.
   *
   * @throws IllegalArgumentException if one is not between 0 and 1
   */
  public static PValues of(double[] pValues, int length) {
    int[] sorted = new int[length];
    for (int i = 0; i < length; i++) {
      sorted[i] = key(pValues[i]);
    }
    Arrays.sort(sorted);
    int[] keys = new int[length];
    long[] counts = new long[length];
    int size = 0;
    for (int key : sorted) {
      if (size == 0 || keys[size - 1] != key) {
        keys[size++] = key;
      }
      counts[size - 1]++;
    }
    return new PValues(Arrays.copyOf(keys, size), Arrays.copyOf(counts, size));
  }

  /** The p-values of both. */
  public PValues combine(PValues other) {
    int[] merged = new int[keys.length + other.keys.length];
    long[] sums = new long[merged.length];
    int size = 0;
    for (int i = 0, j = 0; i < keys.length || j < other.keys.length; size++) {
      boolean here = j == other.keys.length || (i < keys.length && keys[i] <= other.keys[j]);
      boolean there = i == keys.length || (j < other.keys.length && other.keys[j] <= keys[i]);
      merged[size] = here ? keys[i] : other.keys[j];
      sums[size] = (here ? counts[i++] : 0) + (there ? other.counts[j++] : 0);
    }
    return new PValues(Arrays.copyOf(merged, size), Arrays.copyOf(sums, size));
  }

  /** How many there are. */
  public long count() {
    return Arrays.stream(counts).sum();
  }

  /** The q-values of all of them. */
  public QValues qValues() {
    return new QValues(keys, stepUp());
  }

  /** m p_(k) / k, and the least of those from there on up. */
  private double[] stepUp() {
    double[] q = new double[keys.length];
    double m = count();
    long k = count();
    double least = 1;
    for (int i = keys.length - 1; i >= 0; i--) {
      least = Math.min(least, Double.longBitsToDouble((long) keys[i] << DROPPED_BITS) * (m / k));
      q[i] = least;
      k -= counts[i];
    }
    return q;
  }

  /** From 0, of p = 0, to {@value #MOST_KEY}, of p = 1, in the order of the p-values. */
  static int key(double pValue) {
    if (!(pValue >= 0 && pValue <= 1)) {
      throw new IllegalArgumentException(
          "Invalid p-value: " + pValue + " (must be between 0 and 1)");
    }
    long up = (1L << DROPPED_BITS) - 1;
    return (int) ((Double.doubleToRawLongBits(Math.abs(pValue)) + up) >>> DROPPED_BITS);
  }

  private Object writeReplace() {
    return new PackedPValues(keys, counts);
  }

  static PValues unpacked(int[] keys, long[] counts) {
    return new PValues(keys, counts);
  }
}
