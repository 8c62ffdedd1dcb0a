package io.similitude.files;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;

final class LocalOutputTest {
  /** A file of Linux on a disk that is always full. */
  private static final Path FULL = new Path("file:/dev/full");

  @Test
  void aFullDiskIsAnExceptionAndNoErrorWhereverItIsNoticed() throws IOException {
    try (RawLocalFileSystem disk = new RawLocalFileSystem()) {
      disk.initialize(URI.create("file:///"), new Configuration(false));

      assertThatThrownBy(() -> disk.create(FULL, true).write(new byte[1 << 16]))
          .isInstanceOf(FSError.class);
      assertThatThrownBy(() -> new LocalOutput(disk.create(FULL, true)).write(new byte[1 << 16]))
          .isInstanceOf(IOException.class)
          .hasMessage("No space left on device");
      LocalOutput out = new LocalOutput(disk.create(FULL, true));
      out.write(1);
      assertThatThrownBy(out::flush)
          .isInstanceOf(IOException.class)
          .hasMessage("No space left on device");
      assertThatThrownBy(out::close)
          .isInstanceOf(IOException.class)
          .hasMessage("No space left on device");
    }
  }
}
