package io.similitude.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A copy that knows its digest. */
record Sha256(String sha256, long length) {
  static final OutputStream NOWHERE = OutputStream.nullOutputStream();
  private static final int BUFFER_BYTES = 1 << 16;

  /** Copies all of a stream and closes neither. */
  static Sha256 copy(InputStream in, OutputStream out) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[BUFFER_BYTES];
    long length = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      digest.update(buffer, 0, n);
      out.write(buffer, 0, n);
      length += n;
    }
    return new Sha256(HexFormat.of().formatHex(digest.digest()), length);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
