package io.similitude.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A file that can be read from any position. Only one thread may use it at a time. */
public abstract class SeekableStream extends FilterInputStream {
  /** A stream that reads from the current position of the file. */
  SeekableStream(InputStream stream) {
    super(stream);
  }

  /** The position of the next byte to be read, from 0. */
  public abstract long position() throws IOException;

  /** Goes to a position between 0 and the file's length. */
  public abstract void seek(long position) throws IOException;
}
