package io.similitude.files;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A local file. */
final class LocalSeekableStream extends SeekableStream {
  private final FileChannel channel;

  private LocalSeekableStream(FileChannel channel) {
    super(Channels.newInputStream(channel));
    this.channel = channel;
  }

  static LocalSeekableStream open(Path path) throws IOException {
    return new LocalSeekableStream(FileChannel.open(path));
  }

  @Override
  public long position() throws IOException {
    return channel.position();
  }

  @Override
  public void seek(long position) throws IOException {
    channel.position(position);
  }
}
