package io.similitude.program;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** SHA-256, in hexadecimal digits. */
final class Digests {
  private Digests() {}

  static String ofText(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Of names and contents, in their order. */
  static String ofRecords(Map<String, ByteBuffer> records) {
    MessageDigest digest = sha256();
    records.forEach(
        (name, content) -> {
          String head = name + " " + content.remaining() + "\n";
          digest.update(head.getBytes(StandardCharsets.UTF_8));
          digest.update(content.duplicate());
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }
}
