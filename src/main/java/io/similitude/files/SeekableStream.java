package io.similitude.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A file that is read from any place in it; for one thread at a time. */
public abstract class SeekableStream extends FilterInputStream {
  /** Reads on where the stream of the file stands. */
  SeekableStream(InputStream stream) {
    super(stream);
  }

  /** The place of the next byte to be read, from 0. */
  public abstract long position() throws IOException;

  /** Goes to a place between 0 and the file's length. */
  public abstract void seek(long position) throws IOException;
}
