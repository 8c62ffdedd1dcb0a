package io.similitude.checkpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** A part of an array of bytes, not a copy. */
final class PickleBytes {
  private final byte[] array;
  private final int start;
  private final int length;

  PickleBytes(byte[] array, int start, int length) {
    this.array = array;
    this.start = start;
    this.length = length;
  }

  /** Bytes as they are, or as text of one byte a character. */
  static PickleBytes of(Object value) throws MalformedException {
    if (value instanceof PickleBytes bytes) {
      return bytes;
    }
    if (value instanceof String text) {
      byte[] bytes = text.getBytes(ISO_8859_1);
      return new PickleBytes(bytes, 0, bytes.length);
    }
    throw new MalformedException("its pickle is broken: no bytes stand where some must be");
  }

  String text() {
    return new String(array, start, length, ISO_8859_1);
  }

  int length() {
    return length;
  }

  byte get(int index) {
    return array[start + index];
  }

  void copyTo(byte[] target) {
    System.arraycopy(array, start, target, 0, length);
  }
}
