package io.similitude.store;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.parquet.io.PositionOutputStream;

/**
 * Writes a Parquet file and puts its {@link Seal} into it. The last few bytes are held back until
 * the file ends, because the seal is placed before them.
 */
final class SealingStream extends PositionOutputStream {
  private final OutputStream out;
  private final BlockDigest digest = new BlockDigest();
  private final byte[] held = new byte[2 * Seal.TAIL];
  private int size;
  private long position;
  private boolean closed;

  SealingStream(OutputStream out) {
    this.out = out;
  }

  /** The position of the next byte. */
  @Override
  public long getPos() {
    return position;
  }

  @Override
  public void write(int next) throws IOException {
    write(new byte[] {(byte) next}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    position += length;
    if (length > Seal.TAIL) {
      pass(held, 0, size);
      pass(bytes, from, length - Seal.TAIL);
      size = Seal.TAIL;
      System.arraycopy(bytes, from + length - Seal.TAIL, held, 0, size);
      return;
    }
    System.arraycopy(bytes, from, held, size, length);
    size += length;
    int most = size - Seal.TAIL;
    if (most > 0) {
      pass(held, 0, most);
      System.arraycopy(held, most, held, 0, Seal.TAIL);
      size = Seal.TAIL;
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  /** A file that was not written to its end gets no seal. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (out) {
      byte[] tail = Arrays.copyOf(held, Seal.TAIL);
      if (size == Seal.TAIL && Seal.isEnd(tail)) {
        out.write(Seal.end(digest, tail));
      } else {
        out.write(held, 0, size);
      }
    }
  }

  private void pass(byte[] bytes, int from, int length) throws IOException {
    digest.update(bytes, from, length);
    out.write(bytes, from, length);
  }
}
