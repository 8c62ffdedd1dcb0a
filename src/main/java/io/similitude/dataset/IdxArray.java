package io.similitude.dataset;

import io.similitude.dataset.image.ImageArray;
import io.similitude.files.FileAccess;
import io.similitude.input.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * An array of bytes in LeCun's IDX format: two zero bytes, the type (0x08, unsigned bytes, is the
 * only one read), the rank, each dimension as four bytes, big-endian, and the values, row-major.
 * The file may be packed with gzip.
 *
 * <p>Source: Y. LeCun, C. Cortes, C. Burges, The MNIST database of handwritten digits.
 */
final class IdxArray {
  private static final int UNSIGNED_BYTES = 0x08;

  /** The longest array that every JVM can allocate. */
  private static final long LONGEST = Integer.MAX_VALUE - 8;

  private final int[] dimensions;
  private final byte[] values;

  private IdxArray(int[] dimensions, byte[] values) {
    this.dimensions = dimensions;
    this.values = values;
  }

  static IdxArray read(String location, FileAccess files) {
    return Gzip.read(location, files, in -> read(location, in));
  }

  private static IdxArray read(String location, InputStream in) throws IOException {
    byte[] magic = in.readNBytes(4);
    requireBytes(location, magic);
    int rank = magic[3] & 0xff;
    byte[] header = in.readNBytes(4 * rank);
    if (header.length < 4 * rank) {
      throw tooShort(
          location, 4 + 4L * rank, "a header of " + rank + " dimensions", 4L + header.length);
    }
    int[] dimensions = new int[rank];
    ByteBuffer.wrap(header).asIntBuffer().get(dimensions);
    return new IdxArray(dimensions, values(location, dimensions, in));
  }

  private static byte[] values(String location, int[] dimensions, InputStream in)
      throws IOException {
    long count = count(location, dimensions);
    long header = 4 + 4L * dimensions.length;
    // The array grows with the bytes that are read. So a wrong header costs no memory.
    byte[] values = in.readNBytes((int) count);
    if (values.length < count) {
      String what = "an array of [" + ImageArray.text(dimensions) + "]";
      throw tooShort(location, header + count, what, header + values.length);
    }
    if (in.read() >= 0) {
      throw new InputException(
          "Cannot read %s: its header promises %d bytes, an array of [%s], and the file goes on after them (is it the right file?)"
              .formatted(location, header + count, ImageArray.text(dimensions)));
    }
    return values;
  }

  private static void requireBytes(String location, byte... magic) {
    if (magic.length < 4 || magic[0] != 0 || magic[1] != 0) {
      throw new InputException(
          "Cannot read %s: it does not begin as an IDX file does (is the format right?)"
              .formatted(location));
    }
    if (magic[2] != UNSIGNED_BYTES) {
      throw new InputException(
          "Cannot read %s: its values are of IDX type 0x%02x (must be 0x08, unsigned bytes)"
              .formatted(location, magic[2]));
    }
  }

  private static long count(String location, int... dimensions) {
    long count = 1;
    for (int dimension : dimensions) {
      // Neither factor is above 2^32, so the product does not overflow.
      count = dimension < 0 ? -1 : count * dimension;
      if (count < 0 || count > LONGEST) {
        throw new InputException(
            "Cannot read %s: its header promises an array of [%s] (must be of 0 to %d values)"
                .formatted(location, ImageArray.text(dimensions), LONGEST));
      }
    }
    return count;
  }

  private static InputException tooShort(String location, long promised, String what, long held) {
    return new InputException(
        "Cannot read %s: its header promises %d bytes, %s, and the file holds %d (was it copied or downloaded whole?)"
            .formatted(location, promised, what, held));
  }

  int[] dimensions() {
    return dimensions;
  }

  byte[] values() {
    return values;
  }
}
