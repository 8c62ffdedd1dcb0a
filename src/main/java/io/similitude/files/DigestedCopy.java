package io.similitude.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** The digest and length of a copy. */
record DigestedCopy(String sha256, long length) {
  static final OutputStream NOWHERE = OutputStream.nullOutputStream();
  private static final int BUFFER_BYTES = 1 << 16;

  /** Copies a whole stream and closes neither stream. */
  static DigestedCopy of(InputStream in, OutputStream out) throws IOException {
    Sha256 sha256 = new Sha256();
    byte[] buffer = new byte[BUFFER_BYTES];
    long length = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      sha256.with(ByteBuffer.wrap(buffer, 0, n));
      out.write(buffer, 0, n);
      length += n;
    }
    return new DigestedCopy(sha256.hex(), length);
  }
}
