package io.similitude.similarity.significance;

import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The p-values of a table, as counts. The table may be large and in many parts. Every q-value
 * follows from the counts: empty, of, combine, {@link #qValues}.
 *
 * <p>A p-value counts as the next number at or above it that has {@value #KEPT_BITS} bits of
 * mantissa, so that there are few different ones. Except for this rounding, q-values are those of
 * {@link FalseDiscovery}: at most 1.6e-5 above them, relatively, and never below. Counts add up
 * exactly. So the number of parts and their order do not matter.
 */
public final class PValues implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int KEPT_BITS = 16;
  private static final int DROPPED_BITS = 52 - KEPT_BITS;

  /** The leading bits of 1. */
  static final int MOST_KEY = 0x3ff << KEPT_BITS;

  /** A key has two digits. */
  private static final int DIGIT_BITS = 13;

  private static final int DIGIT = (1 << DIGIT_BITS) - 1;

  private static final PValues EMPTY = new PValues(new int[0], new long[0]);

  /** The leading bits of the doubles, ascending. The doubles are then ascending too. */
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
   * The p-values that are the first {@code length} numbers.
   *
   * @throws IllegalArgumentException if one is not between 0 and 1
   */
  public static PValues of(double[] pValues, int length) {
    int[] sorted = new int[length];
    for (int i = 0; i < length; i++) {
      sorted[i] = key(pValues[i]);
    }
    sorted = byDigit(byDigit(sorted, 0), DIGIT_BITS);
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

  /**
   * The keys in the order of one digit. Keys with the same digit keep their order. So the keys are
   * sorted after the lower and then the higher of their two digits.
   */
  private static int[] byDigit(int[] keys, int shift) {
    int[] places = new int[DIGIT + 2];
    for (int key : keys) {
      places[(key >>> shift & DIGIT) + 1]++;
    }
    for (int digit = 0; digit < DIGIT; digit++) {
      places[digit + 1] += places[digit];
    }
    int[] ordered = new int[keys.length];
    for (int key : keys) {
      ordered[places[key >>> shift & DIGIT]++] = key;
    }
    return ordered;
  }

  /**
   * The p-values with these counts.
   *
   * @param pValues ascending, each with at most {@value #KEPT_BITS} bits of mantissa, as {@link
   *     #forEachStep} tells them
   * @param counts one per p-value, positive
   * @throws IllegalArgumentException if they are not such numbers
   */
  public static PValues ofCounts(double[] pValues, long[] counts) {
    int[] keys = new int[pValues.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = key(pValues[i]);
      boolean isStep =
          pValue(keys[i]) == pValues[i] && counts[i] > 0 && (i == 0 || keys[i - 1] < keys[i]);
      if (!isStep) {
        throw new IllegalArgumentException(
            "Invalid count of a p-value: %s, %d times (must be ascending, and positive)"
                .formatted(pValues[i], counts[i]));
      }
    }
    return new PValues(keys, counts.clone());
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

  /** The number of p-values. */
  public long count() {
    return Arrays.stream(counts).sum();
  }

  /** Receives one step of the function from p-values to q-values. */
  @FunctionalInterface
  public interface Steps {
    /**
     * Receives the next step.
     *
     * @param pValue the largest p-value of the step
     * @param count the number of p-values in the step
     */
    void step(double pValue, long count, double qValue) throws IOException;
  }

  /** Tells the steps in the order of the p-values. */
  public void forEachStep(Steps steps) throws IOException {
    double[] q = stepUp();
    for (int i = 0; i < keys.length; i++) {
      steps.step(pValue(keys[i]), counts[i], q[i]);
    }
  }

  /** The q-values of all of them. */
  public QValues qValues() {
    return new QValues(keys, stepUp());
  }

  /** For each k, the smallest of m p_(k) / k and all later ones. */
  private double[] stepUp() {
    double[] q = new double[keys.length];
    double m = count();
    long k = count();
    double least = 1;
    for (int i = keys.length - 1; i >= 0; i--) {
      least = Math.min(least, pValue(keys[i]) * (m / k));
      q[i] = least;
      k -= counts[i];
    }
    return q;
  }

  private static double pValue(int key) {
    return Double.longBitsToDouble((long) key << DROPPED_BITS);
  }

  /**
   * The key of a p-value: 0 for p = 0, {@value #MOST_KEY} for p = 1, and in the order of the
   * p-values.
   */
  static int key(double pValue) {
    if (!(pValue >= 0 && pValue <= 1)) {
      throw new IllegalArgumentException(
          "Invalid p-value: " + pValue + " (must be between 0 and 1)");
    }
    long up = (1L << DROPPED_BITS) - 1;
    return (int) ((Double.doubleToRawLongBits(Math.abs(pValue)) + up) >>> DROPPED_BITS);
  }

  private Object writeReplace() {
    return new Packed(keys, counts);
  }

  static PValues unpacked(int[] keys, long[] counts) {
    return new PValues(keys, counts);
  }

  /**
   * The serialized form of {@link PValues}: the difference of each key from the one before, and its
   * count if that is not 1, seven bits per byte. This takes two to three bytes instead of the
   * twelve of a key and its count.
   */
  private static final class Packed implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MOST_BYTES = 2 * 10;

    private final int size;
    private final byte[] bytes;

    Packed(int[] keys, long[] counts) {
      this.size = keys.length;
      byte[] packed = new byte[3 * size + MOST_BYTES];
      int at = 0;
      int before = 0;
      for (int i = 0; i < size; i++) {
        if (packed.length - at < MOST_BYTES) {
          packed = Arrays.copyOf(packed, 2 * packed.length);
        }
        boolean isOne = counts[i] == 1;
        at = write(packed, at, (long) (keys[i] - before) << 1 | (isOne ? 0 : 1));
        if (!isOne) {
          at = write(packed, at, counts[i]);
        }
        before = keys[i];
      }
      this.bytes = Arrays.copyOf(packed, at);
    }

    private static int write(byte[] bytes, int from, long number) {
      int at = from;
      long rest = number;
      for (; rest > 0x7f; rest >>>= 7) {
        bytes[at++] = (byte) (rest | 0x80);
      }
      bytes[at++] = (byte) rest;
      return at;
    }

    private Object readResolve() {
      int[] keys = new int[size];
      long[] counts = new long[size];
      Reader reader = new Reader();
      int before = 0;
      for (int i = 0; i < size; i++) {
        long word = reader.next();
        keys[i] = before + (int) (word >>> 1);
        counts[i] = (word & 1) == 0 ? 1 : reader.next();
        before = keys[i];
      }
      return PValues.unpacked(keys, counts);
    }

    private final class Reader {
      private int at;

      long next() {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
          byte next = bytes[at++];
          number |= (next & 0x7fL) << shift;
          if (next >= 0) {
            return number;
          }
        }
      }
    }
  }
}
