package io.similitude.files;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of what is added to it, text as UTF-8. */
public final class Sha256 {
  private final MessageDigest digest;

  public Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }

  /** Of a text alone, in hexadecimal digits. */
  public static String ofText(String text) {
    return new Sha256().with(text).hex();
  }

  /** Of lines of text, a line feed after each, in hexadecimal digits. */
  public static String ofLines(Iterable<String> lines) {
    Sha256 sha256 = new Sha256();
    lines.forEach(line -> sha256.with(line).with("\n"));
    return sha256.hex();
  }

  /** Adds a text. */
  public Sha256 with(String text) {
    return with(StandardCharsets.UTF_8.encode(text));
  }

  /** Adds what remains of a buffer, whose position stays. */
  public Sha256 with(ByteBuffer bytes) {
    digest.update(bytes.duplicate());
    return this;
  }

  /** 64 lower-case hexadecimal digits; call it last. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
