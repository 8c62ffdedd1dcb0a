package io.similitude.files;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;

/** A file of any Hadoop file system. */
final class HadoopSeekableStream extends SeekableStream {
  private final FSDataInputStream stream;

  HadoopSeekableStream(FSDataInputStream stream) {
    super(stream);
    this.stream = stream;
  }

  @Override
  public long position() throws IOException {
    return stream.getPos();
  }

  @Override
  public void seek(long position) throws IOException {
    stream.seek(position);
  }
}
