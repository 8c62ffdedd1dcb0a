package io.similitude.files;

import io.similitude.spec.key.Fingerprinted;
import io.similitude.spec.key.Keyword;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * SHA-256 of a sequence of named values. It identifies a unit, a part or a start of an attack.
 *
 * <p>It accepts only texts, numbers, booleans, bytes, words of the spec and values that are {@link
 * Fingerprinted}. So it cannot depend on the {@code toString()} of a class that may be renamed.
 * Each value is added with its name and its length in bytes, and each list with its size, so that
 * two different sequences never give the same bytes.
 */
public final class Fingerprint {
  private final Sha256 sha256 = new Sha256();

  public Fingerprint with(String name, String value) {
    return with(name, StandardCharsets.UTF_8.encode(value));
  }

  public Fingerprint with(String name, long value) {
    return with(name, Long.toString(value));
  }

  /** Adds all bits of a number: {@link Double#toHexString} is the same in every JVM. */
  public Fingerprint with(String name, double value) {
    return with(name, Double.toHexString(value));
  }

  public Fingerprint with(String name, boolean value) {
    return with(name, Boolean.toString(value));
  }

  public Fingerprint with(String name, Keyword value) {
    return with(name, value.keyword());
  }

  public Fingerprint with(String name, Fingerprinted value) {
    return with(name, value.fingerprint());
  }

  public Fingerprint with(String name, long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES);
    bytes.asLongBuffer().put(values);
    return with(name, bytes);
  }

  /** Adds the remaining bytes of a buffer. The position of the buffer does not change. */
  public Fingerprint with(String name, ByteBuffer bytes) {
    sha256.with(name + ":" + bytes.remaining() + ":").with(bytes);
    return this;
  }

  public Fingerprint withTexts(String name, Collection<String> values) {
    with(name, values.size());
    values.forEach(value -> with(name, value));
    return this;
  }

  public Fingerprint withAll(String name, Collection<? extends Fingerprinted> values) {
    return withTexts(name, values.stream().map(Fingerprinted::fingerprint).toList());
  }

  /** The digest in 64 lower-case hexadecimal digits. Call it last. */
  public String hex() {
    return sha256.hex();
  }
}
