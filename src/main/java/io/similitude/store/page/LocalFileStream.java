package io.similitude.store.page;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.apache.parquet.io.DelegatingSeekableInputStream;

/**
 * A local file as Parquet reads it. The operating system copies bytes straight into buffers outside
 * of the heap. Hadoop's own stream copies them three times, and allocates memory for each read.
 */
public final class LocalFileStream extends DelegatingSeekableInputStream {
  private final FileChannel file;

  private LocalFileStream(FileChannel file) {
    super(Channels.newInputStream(file));
    this.file = file;
  }

  public static LocalFileStream open(Path path) throws IOException {
    return new LocalFileStream(FileChannel.open(path));
  }

  @Override
  public long getPos() throws IOException {
    return file.position();
  }

  @Override
  public void seek(long position) throws IOException {
    file.position(position);
  }

  @Override
  public int read(ByteBuffer buffer) throws IOException {
    return file.read(buffer);
  }

  @Override
  public void readFully(ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (file.read(buffer) < 0) {
        throw new EOFException("the file ends " + buffer.remaining() + " bytes too early");
      }
    }
  }
}
