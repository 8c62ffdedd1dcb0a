package io.similitude.dataset.parquet;

import io.similitude.files.FileAccess;
import io.similitude.files.SeekableStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A file of {@link FileAccess} in the form that Parquet's library needs. */
record ParquetSource(String location, FileAccess files) implements InputFile {
  @Override
  public long getLength() {
    return files.length(location);
  }

  @Override
  public SeekableInputStream newStream() {
    SeekableStream stream = files.openSeekable(location);
    return new DelegatingSeekableInputStream(new Explained(stream)) {
      @Override
      public long getPos() throws IOException {
        return stream.position();
      }

      @Override
      public void seek(long position) throws IOException {
        stream.seek(position);
      }
    };
  }

  /** Marks errors of the storage, so that they do not look like a broken file. */
  private final class Explained extends InputStream {
    private final SeekableStream stream;

    Explained(SeekableStream stream) {
      this.stream = stream;
    }

    @Override
    public int read() {
      try {
        return stream.read();
      } catch (IOException e) {
        throw files.cannotRead(location, e);
      }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      try {
        return stream.read(buffer, offset, length);
      } catch (IOException e) {
        throw files.cannotRead(location, e);
      }
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
