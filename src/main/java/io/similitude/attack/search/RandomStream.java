package io.similitude.attack.search;

/**
 * A stream of random numbers that is the same on every machine and for every version of Java.
 *
 * <p>SplitMix64 (Steele, Lea and Flood, Fast splittable pseudorandom number generators, OOPSLA
 * 2014; constants of Vigna's splitmix64.c). Normal deviates by Box and Muller, exponential ones by
 * inversion, with the functions of {@link StrictMath}.
 */
public final class RandomStream {
  private static final double ULP = 0x1.0p-53;

  private long state;

  RandomStream(long state) {
    this.state = state;
  }

  /** Uniform in [0, 1): a multiple of 2^-53. */
  public double uniform() {
    return (next() >>> 11) * ULP;
  }

  /** Uniform in [low, high). */
  public double uniform(double low, double high) {
    return low + (high - low) * uniform();
  }

  /** Uniform in 0 .. bound - 1; for bounds as small as these the bias is below 2^-40. */
  public int below(int bound) {
    return (int) (uniform() * bound);
  }

  public boolean coin() {
    return next() < 0;
  }

  /** Mean 0, variance 1. */
  public double gaussian() {
    double radius = StrictMath.sqrt(2 * exponential());
    return radius * StrictMath.cos(2 * Math.PI * uniform());
  }

  /** Mean 1. */
  double exponential() {
    return -StrictMath.log(1 - uniform());
  }

  private long next() {
    state += 0x9e3779b97f4a7c15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
