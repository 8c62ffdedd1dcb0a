package io.similitude.checkpoint.torch;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a zip archive as PyTorch does. Entries are stored without compression. Their data is
 * aligned to 64 bytes by padding in the header's extra field. Equal entries give equal bytes at any
 * time.
 */
public final class AlignedZip implements Closeable {
  private static final int ALIGNMENT = 64;
  private static final int LOCAL_HEADER = 30;
  private static final int EXTRA_HEADER = 4;

  /** The id of PyTorch's padding, "FB". */
  private static final short PADDING_ID = 0x4246;

  /**
   * The same fixed time as Gradle's. For zip's own epoch, a month earlier, the JDK would add a time
   * in the local zone.
   */
  private static final LocalDateTime FIXED_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private final Position position;
  private final ZipOutputStream zip;
  private final WritableByteChannel data;

  public AlignedZip(OutputStream out) {
    this.position = new Position(new BufferedOutputStream(out));
    this.zip = new ZipOutputStream(position, StandardCharsets.UTF_8);
    this.data = Channels.newChannel(zip);
    zip.setMethod(ZipOutputStream.STORED);
  }

  public void add(String name, byte[] bytes) throws IOException {
    add(name, ByteBuffer.wrap(bytes));
  }

  public void add(String name, ByteBuffer bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(FIXED_TIME);
    entry.setSize(bytes.remaining());
    entry.setCrc(crcOf(bytes.duplicate()));
    entry.setExtra(paddingFor(name));
    zip.putNextEntry(entry);
    data.write(bytes);
    zip.closeEntry();
  }

  /** Ends the archive and leaves the stream open. */
  public void finish() throws IOException {
    zip.finish();
    zip.flush();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private byte[] paddingFor(String name) {
    int nameLength = name.getBytes(StandardCharsets.UTF_8).length;
    long unpadded = position.bytes + LOCAL_HEADER + nameLength + EXTRA_HEADER;
    short padding = (short) Math.floorMod(-unpadded, ALIGNMENT);
    return ByteBuffer.allocate(EXTRA_HEADER + padding)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(PADDING_ID)
        .putShort(padding)
        .array();
  }

  private static long crcOf(ByteBuffer bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  /** Counts the bytes that are written. */
  private static final class Position extends FilterOutputStream {
    private long bytes;

    Position(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      bytes++;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      out.write(buffer, offset, length);
      bytes += length;
    }
  }
}
