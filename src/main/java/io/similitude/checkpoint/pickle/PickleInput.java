package io.similitude.checkpoint.pickle;

import io.similitude.checkpoint.tensor.MalformedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a pickle, read once from front to back. Every length is checked against the number
 * of bytes that are left.
 */
public final class PickleInput {
  private final ByteBuffer bytes;

  public PickleInput(byte[] pickle) {
    this.bytes = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The number of bytes that have been read. */
  public int position() {
    return bytes.position();
  }

  int u1() throws MalformedException {
    require(1);
    return Byte.toUnsignedInt(bytes.get());
  }

  int u2() throws MalformedException {
    require(Short.BYTES);
    return Short.toUnsignedInt(bytes.getShort());
  }

  int i4() throws MalformedException {
    require(Integer.BYTES);
    return bytes.getInt();
  }

  long u4() throws MalformedException {
    return Integer.toUnsignedLong(i4());
  }

  long i8() throws MalformedException {
    require(Long.BYTES);
    return bytes.getLong();
  }

  /** Pickles hold floats in big-endian order, unlike everything else. */
  double f8() throws MalformedException {
    return Double.longBitsToDouble(Long.reverseBytes(i8()));
  }

  String text(long length) throws MalformedException {
    return new String(take(length), StandardCharsets.UTF_8);
  }

  byte[] take(long length) throws MalformedException {
    require(length);
    byte[] taken = new byte[(int) length];
    bytes.get(taken);
    return taken;
  }

  /** The next bytes, without a copy. */
  ByteBuffer slice(long length) throws MalformedException {
    require(length);
    ByteBuffer slice = bytes.slice(bytes.position(), (int) length);
    bytes.position(bytes.position() + (int) length);
    return slice;
  }

  void skip(long length) throws MalformedException {
    require(length);
    bytes.position(bytes.position() + (int) length);
  }

  String line() throws MalformedException {
    int end = bytes.position();
    while (end < bytes.limit() && bytes.get(end) != '\n') {
      end++;
    }
    String line = text(end - (long) bytes.position());
    skip(1);
    return line;
  }

  private void require(long length) throws MalformedException {
    if (length < 0 || length > bytes.remaining()) {
      throw new MalformedException(
          "its pickle is broken: at byte "
              + position()
              + " it promises "
              + Long.toUnsignedString(length)
              + " bytes and has "
              + bytes.remaining());
    }
  }
}
