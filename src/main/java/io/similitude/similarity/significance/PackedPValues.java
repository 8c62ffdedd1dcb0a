package io.similitude.similarity.significance;

import java.io.Serializable;
import java.util.Arrays;

/**
 * {@link PValues} as they travel: the distance of each key from the one before, and its count where
 * that is not 1, seven bits a byte. Two to three bytes of the twelve that a key and its count take.
 */
final class PackedPValues implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MOST_BYTES = 2 * 10;

  private final int size;
  private final byte[] bytes;

  PackedPValues(int[] keys, long[] counts) {
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
