package io.similitude.dataset;

import java.util.stream.LongStream;

/**
 * Orders of 0 .. n - 1. Only n and the seed determine the shuffled order, in every version of Java.
 * It is part of the identity of a result, so neither its generator nor its way of drawing may
 * change.
 *
 * <p>The algorithm is that of Fisher and Yates from the end (for i = n - 1 .. 1: swap i with j,
 * uniform in 0 .. i) on SplitMix64 with the seed as its state. j is the upper 31 bits of a draw
 * modulo i + 1; draws in the last, incomplete run of remainders are discarded, so that every j is
 * equally likely.
 *
 * <p>Source: Steele, Lea and Flood, Fast splittable pseudorandom number generators (OOPSLA 2014);
 * constants of Vigna's splitmix64.c.
 */
final class Permutation {
  private static final int DRAW_BITS = 31;

  private long state;

  private Permutation(long seed) {
    state = seed;
  }

  static long[] identity(int n) {
    return LongStream.range(0, n).toArray();
  }

  static long[] shuffled(int n, long seed) {
    Permutation random = new Permutation(seed);
    long[] ids = identity(n);
    for (int i = n - 1; i > 0; i--) {
      int j = random.below(i + 1);
      long swapped = ids[i];
      ids[i] = ids[j];
      ids[j] = swapped;
    }
    return ids;
  }

  private int below(int bound) {
    long draws = 1L << DRAW_BITS;
    long fair = draws - draws % bound;
    long draw = next() >>> (Long.SIZE - DRAW_BITS);
    while (draw >= fair) {
      draw = next() >>> (Long.SIZE - DRAW_BITS);
    }
    return (int) (draw % bound);
  }

  private long next() {
    state += 0x9e3779b97f4a7c15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
