package io.similitude.files;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSError;

/**
 * Writes a file on a local disk. If the disk is full or broken, Hadoop throws an {@code Error},
 * which would end the whole process. This stream throws an {@code IOException} instead.
 */
public final class LocalOutput extends FilterOutputStream {
  public LocalOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int next) throws IOException {
    doing(() -> out.write(next));
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    doing(() -> out.write(bytes, from, length));
  }

  @Override
  public void flush() throws IOException {
    doing(out::flush);
  }

  @Override
  public void close() throws IOException {
    doing(out::close);
  }

  private interface Step {
    void run() throws IOException;
  }

  private static void doing(Step step) throws IOException {
    try {
      step.run();
    } catch (FSError e) {
      throw new IOException(e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
    }
  }
}
