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
  public RandomStream example(long id) {
    MessageDigest digest = sha256();
    update(digest, seed);
    for (String name : names) {
      byte[] text = name.getBytes(StandardCharsets.UTF_8);
      update(digest, text.length);
      digest.update(text);
    }
    update(digest, id);
    return new RandomStream(ByteBuffer.wrap(digest.digest()).getLong());
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
}
