package io.similitude.dataset;

import java.util.stream.LongStream;

/**
 * Orders of 0 .. n - 1. Only n and the seed determine the shuffled order, in every version of Java.
 * It is part of the identity of a result, so neither its generator nor its way of drawing may
 * change.
 *
 * <p>The algorithm is that of Fisher and Yates from the end (for i = n - 1 .. 1: swap i with j,
 * uniform in 0 .. i) on {@link SplitMix64}. j is the upper 31 bits of a draw modulo i + 1; draws in
 * the last, incomplete run of remainders are discarded, so that every j is equally likely.
 */
final class Permutation {
  private static final int DRAW_BITS = 31;

  private Permutation() {}

  static long[] identity(int n) {
    return LongStream.range(0, n).toArray();
  }

  static long[] shuffled(int n, long seed) {
    SplitMix64 random = new SplitMix64(seed);
    long[] ids = identity(n);
    for (int i = n - 1; i > 0; i--) {
      int j = below(i + 1, random);
      long swapped = ids[i];
      ids[i] = ids[j];
      ids[j] = swapped;
    }
    return ids;
  }

  private static int below(int bound, SplitMix64 random) {
    long draws = 1L << DRAW_BITS;
    long fair = draws - draws % bound;
    long draw = random.next() >>> (Long.SIZE - DRAW_BITS);
    while (draw >= fair) {
      draw = random.next() >>> (Long.SIZE - DRAW_BITS);
    }
    return (int) (draw % bound);
  }
}
