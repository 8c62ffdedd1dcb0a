package io.similitude.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A local file. */
final class LocalSeekableStream extends SeekableStream {
  private final FileChannel channel;
  private final InputStream stream;

  LocalSeekableStream(Path path) throws IOException {
    channel = FileChannel.open(path, StandardOpenOption.READ);
    stream = Channels.newInputStream(channel);
  }

  @Override
  public long position() throws IOException {
    return channel.position();
  }

  @Override
  public void seek(long position) throws IOException {
    channel.position(position);
  }

  @Override
  public int read() throws IOException {
    return stream.read();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    return stream.read(buffer, offset, length);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
