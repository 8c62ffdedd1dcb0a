package io.similitude.files;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of the values that are added to it. Text is added as UTF-8. */
public final class Sha256 {
  private final MessageDigest digest;

  public Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }

  /** The digest of one text, in hexadecimal digits. */
  public static String ofText(String text) {
    return new Sha256().with(text).hex();
  }

  /** The digest of lines of text, with a line feed after each, in hexadecimal digits. */
  public static String ofLines(Iterable<String> lines) {
    Sha256 sha256 = new Sha256();
    lines.forEach(line -> sha256.with(line).with("\n"));
    return sha256.hex();
  }

  /** Adds a text. */
  public Sha256 with(String text) {
    return with(StandardCharsets.UTF_8.encode(text));
  }

  /** Adds the remaining bytes of a buffer. The position of the buffer does not change. */
  public Sha256 with(ByteBuffer bytes) {
    digest.update(bytes.duplicate());
    return this;
  }

  /** The digest in 64 lower-case hexadecimal digits. Call it last. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
