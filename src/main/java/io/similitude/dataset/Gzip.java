package io.similitude.dataset;

import io.similitude.files.FileAccess;
import io.similitude.input.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads files that may be packed with gzip. The first two bytes decide, not the name. */
final class Gzip {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int MAGIC_0 = 0x1f;
  private static final int MAGIC_1 = 0x8b;

  private Gzip() {}

  interface Reading<T> {
    T read(InputStream unpacked) throws IOException;
  }

  /** Reads and unpacks a file. An error in the packing gives a message of one line. */
  static <T> T read(String location, FileAccess files, Reading<T> reading) {
    try (InputStream raw = files.open(location);
        InputStream unpacked = unpacked(raw)) {
      return reading.read(unpacked);
    } catch (EOFException e) {
      throw new InputException(
          "Cannot read %s: its gzip stream is cut off at the file's end, after %d bytes (was it copied or downloaded whole?)"
              .formatted(location, files.length(location)),
          e);
    } catch (ZipException e) {
      throw new InputException(
          "Cannot read %s: its gzip stream is damaged: %s (copy or download it again)"
              .formatted(location, e.getMessage()),
          e);
    } catch (IOException e) {
      throw files.cannotRead(location, e);
    }
  }

  private static InputStream unpacked(InputStream raw) throws IOException {
    PushbackInputStream in = new PushbackInputStream(raw, 2);
    byte[] magic = in.readNBytes(2);
    in.unread(magic);
    boolean packed =
        magic.length == 2 && (magic[0] & 0xff) == MAGIC_0 && (magic[1] & 0xff) == MAGIC_1;
    return packed ? new GZIPInputStream(in, BUFFER_BYTES) : in;
  }
}
