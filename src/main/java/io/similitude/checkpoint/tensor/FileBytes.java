package io.similitude.checkpoint.tensor;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The bytes of a file, by position. No memory is allocated for bytes that do not exist. */
public final class FileBytes implements Closeable {
  /** The largest length of a Java array that every JVM allows. */
  public static final long LONGEST_ARRAY = Integer.MAX_VALUE - 8L;

  private final FileChannel channel;
  private final long size;

  private FileBytes(FileChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
  }

  public static FileBytes open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file);
    try {
      return new FileBytes(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  public long size() {
    return size;
  }

  /**
   * The bytes from a position on, little-endian.
   *
   * @param what a description of these bytes, for the message that some are missing
   */
  public ByteBuffer read(long at, long length, String what) throws IOException {
    if (at < 0 || length < 0 || at > size || length > size - at) {
      throw new MalformedException(
          what
              + " should be "
              + Long.toUnsignedString(length)
              + " bytes at "
              + at
              + ", the file has "
              + size
              + " (is it truncated?)");
    }
    if (length > LONGEST_ARRAY) {
      throw new MalformedException(
          what + " has " + length + " bytes (must be at most " + LONGEST_ARRAY + ")");
    }
    return fill(ByteBuffer.allocate((int) length), at);
  }

  private ByteBuffer fill(ByteBuffer bytes, long at) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, at + bytes.position()) < 0) {
        throw new EOFException("it became shorter while it was read");
      }
    }
    return bytes.flip().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
