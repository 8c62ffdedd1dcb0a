package io.similitude.attack.search;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Where random choices come from: each example has a stream of its own, fixed by the seed, the
 * names and the example's id alone. So a perturbation is the same whatever examples it was made
 * together with, in which order, by which thread.
 *
 * <p>The stream's first state is the first eight bytes of the SHA-256 of: the seed; for each name
 * its length in bytes and its UTF-8; the id. Numbers are big-endian, eight bytes each.
 */
public final class RandomSource {
  private final long seed;
  private final List<String> names;

  private RandomSource(long seed, List<String> names) {
    this.seed = seed;
    this.names = List.copyOf(names);
  }

  /**
   * The source for what is shown to a checkpoint.
   *
   * @param checkpoint the checkpoint that the attack is made against
   * @param view the view, or what views share whose perturbed examples are to be the same
   */
  public static RandomSource of(long seed, String checkpoint, String view) {
    return new RandomSource(seed, List.of(checkpoint, view));
  }

  /** The source under other names. */
  public static RandomSource named(long seed, String... names) {
    return new RandomSource(seed, List.of(names));
  }

  /** The stream of an example. */
  public Stream example(long id) {
    MessageDigest digest = sha256();
    update(digest, seed);
    for (String name : names) {
      byte[] text = name.getBytes(StandardCharsets.UTF_8);
      update(digest, text.length);
      digest.update(text);
    }
    update(digest, id);
    return new Stream(ByteBuffer.wrap(digest.digest()).getLong());
  }

  private static void update(MessageDigest digest, long value) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }

  /**
   * A stream of random numbers that is the same on every machine and for every version of Java.
   *
   * <p>SplitMix64 (Steele, Lea and Flood, Fast splittable pseudorandom number generators, OOPSLA
   * 2014; constants of Vigna's splitmix64.c). Normal deviates by Box and Muller, exponential ones
   * by inversion, with the functions of {@link StrictMath}.
   */
  public static final class Stream {
    private static final double ULP = 0x1.0p-53;

    private long state;

    Stream(long state) {
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
}
