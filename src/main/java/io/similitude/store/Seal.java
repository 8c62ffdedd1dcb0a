package io.similitude.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * The record of a table file's bytes, kept at the end of its own footer: a digest of all other
 * bytes of the file. It finds a flipped bit, zeros and a cut anywhere. Parquet's own checksums do
 * not cover the footer and the headers of pages.
 *
 * <p>The record is placed where Parquet allows an extension of the footer. Every reader skips it.
 * It consists of the field header, its length, the {@link BlockDigest}, and a UUID that names this
 * extension. After it come the end of the footer, the footer's length and Parquet's last word.
 */
final class Seal {
  /** The end of the footer's structure, its length, and {@code PAR1}. */
  static final int TAIL = 9;

  private static final byte[] MAGIC = "PAR1".getBytes(US_ASCII);
  private static final byte[] FIELD = {0x08, (byte) 0xff, (byte) 0xff, 0x01};
  private static final byte[] NAME = {
    (byte) 0x9c,
    0x41,
    0x5f,
    0x0e,
    0x6b,
    0x2d,
    0x4a,
    0x37,
    (byte) 0x8e,
    (byte) 0xd3,
    0x15,
    0x72,
    (byte) 0xa8,
    0x60,
    (byte) 0xbf,
    0x24
  };

  /** Bytes that a seal adds to a file. */
  static final int BYTES = FIELD.length + 1 + BlockDigest.BYTES + NAME.length;

  /** The files that this process has checked, with their address, length and time. */
  private static final Set<String> CHECKED = ConcurrentHashMap.newKeySet();

  private static final int MOST_CHECKED = 1 << 18;
  private static final int BUFFER = 1 << 18;

  private Seal() {}

  /** Whether a file that ends with these bytes is a Parquet file that was written to its end. */
  static boolean isEnd(byte[] tail) {
    return tail[0] == 0 && Arrays.equals(tail, TAIL - MAGIC.length, TAIL, MAGIC, 0, MAGIC.length);
  }

  /**
   * Returns the new last bytes of a file, which replace its present ones.
   *
   * @param before the digest of all bytes before; it cannot be used again
   * @param tail the last bytes of the file without seal
   */
  static byte[] end(BlockDigest before, byte[] tail) {
    ByteBuffer end = ByteBuffer.allocate(BYTES + TAIL).order(ByteOrder.LITTLE_ENDIAN);
    end.put(FIELD).put((byte) (BlockDigest.BYTES + NAME.length));
    int at = end.position();
    end.position(at + BlockDigest.BYTES).put(NAME).put((byte) 0);
    end.putInt(ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt(1) + BYTES).put(MAGIC);
    before.update(end.array(), 0, at);
    before.update(end.array(), at + BlockDigest.BYTES, end.capacity() - at - BlockDigest.BYTES);
    end.put(at, before.result());
    return end.array();
  }

  /**
   * Checks all bytes of a table file, once in a process.
   *
   * @param path relative to the run's folder
   * @throws DamagedFile if they differ from what was written
   */
  static void check(RunStorage storage, String path) throws IOException {
    String version = storage.version(path);
    if (CHECKED.contains(version)) {
      return;
    }
    InputFile file = storage.input(path);
    String damage = damage(file);
    if (damage != null) {
      throw new DamagedFile(path, storage.path(path).toString(), damage, null);
    }
    if (CHECKED.size() > MOST_CHECKED) {
      CHECKED.clear();
    }
    CHECKED.add(version);
  }

  /** The description of the file's damage; null if it is not damaged. */
  static String damage(InputFile file) throws IOException {
    int end = BlockDigest.BYTES + NAME.length + TAIL;
    long most = file.getLength() - end;
    if (most < BYTES) {
      return "it is cut off";
    }
    try (SeekableInputStream in = file.newStream()) {
      BlockDigest digest = new BlockDigest();
      byte[] buffer = new byte[BUFFER];
      for (long left = most; left > 0; ) {
        int length = (int) Math.min(left, buffer.length);
        in.readFully(buffer, 0, length);
        digest.update(buffer, 0, length);
        left -= length;
      }
      byte[] last = new byte[end];
      in.readFully(last);
      digest.update(last, BlockDigest.BYTES, end - BlockDigest.BYTES);
      return damage(last, digest.result());
    } catch (EOFException e) {
      return "it is cut off";
    }
  }

  private static String damage(byte[] last, byte[] digest) {
    int name = BlockDigest.BYTES;
    boolean isSealed =
        Arrays.equals(last, name, name + NAME.length, NAME, 0, NAME.length)
            && Arrays.equals(last, last.length - MAGIC.length, last.length, MAGIC, 0, MAGIC.length);
    if (!isSealed) {
      return "its end is not there";
    }
    return Arrays.equals(last, 0, name, digest, 0, name)
        ? null
        : "its bytes are not those that were written";
  }
}
