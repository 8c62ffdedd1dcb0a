package io.similitude.attack.search;

import io.similitude.dataset.SplitMix64;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * The source of random choices. Each example has its own stream. Only the seed, the names and the
 * example's id determine it. So a perturbation does not depend on the other examples, their order,
 * or the thread.
 *
 * <p>The stream's seed is the first eight bytes of the SHA-256 of: the seed; for each name its
 * length in bytes and its UTF-8; the id. Numbers are big-endian, eight bytes each.
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
   * @param view the view, or a name that views share if their perturbed examples must be equal
   */
  public static RandomSource of(long seed, String checkpoint, String view) {
    return new RandomSource(seed, List.of(checkpoint, view));
  }

  /** The source with other names. */
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
   * A stream of random numbers. It is equal on every machine and in every version of Java.
   *
   * <p>Its bits are those of {@link SplitMix64}. Normal deviates use the method of Box and Muller,
   * and exponential ones use inversion, with the functions of {@link StrictMath}.
   */
  public static final class Stream {
    private static final double ULP = 0x1.0p-53;

    private final SplitMix64 bits;

    Stream(long seed) {
      bits = new SplitMix64(seed);
    }

    /** A number that is uniform in [0, 1): a multiple of 2^-53. */
    public double uniform() {
      return (bits.next() >>> 11) * ULP;
    }

    /** A number that is uniform in [low, high). */
    public double uniform(double low, double high) {
      return low + (high - low) * uniform();
    }

    /**
     * A whole number that is uniform in 0 .. bound - 1. For the small bounds here the bias is below
     * 2^-40.
     */
    public int below(int bound) {
      return (int) (uniform() * bound);
    }

    public boolean coin() {
      return bits.next() < 0;
    }

    /** A normal deviate with mean 0 and variance 1. */
    public double gaussian() {
      double radius = StrictMath.sqrt(2 * exponential());
      return radius * StrictMath.cos(2 * Math.PI * uniform());
    }

    /** An exponential deviate with mean 1. */
    double exponential() {
      return -StrictMath.log(1 - uniform());
    }
  }
}
