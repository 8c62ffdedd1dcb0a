package io.similitude.dataset;

/**
 * A generator of random 64-bit numbers. The seed alone determines them, on every machine and in
 * every version of Java. They are part of the identity of results, so the generator may not change.
 *
 * <p>Source: Steele, Lea and Flood, Fast splittable pseudorandom number generators (OOPSLA 2014);
 * constants of Vigna's splitmix64.c.
 */
public final class SplitMix64 {
  private long state;

  public SplitMix64(long seed) {
    state = seed;
  }

  /** The next number. All 64 bits are random. */
  public long next() {
    state += 0x9e3779b97f4a7c15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
