package io.similitude.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files on a file system whose moves are copies, as on S3. */
final class CopyingMoveTest {
  @TempDir Path folder;
  private RunStorage storage;

  @BeforeEach
  void open() throws IOException {
    Configuration conf = new Configuration(false);
    conf.set("fs.copying.impl", Copying.class.getName());
    conf.setBoolean("fs.copying.impl.disable.cache", true);
    storage = new RunStorage(new org.apache.hadoop.fs.Path("copying://host" + folder), conf);
    Copying.REMOVED.clear();
    Files.writeString(folder.resolve("part"), "old");
  }

  @Test
  void aFileIsReplacedWithoutAMomentOfAbsence() throws IOException {
    Files.writeString(folder.resolve("staged"), "new and longer");

    storage.move("staged", "part");

    assertThat(folder.resolve("part")).hasContent("new and longer");
    assertThat(folder.resolve("staged")).doesNotExist();
    assertThat(Copying.REMOVED).containsExactly("staged");
  }

  @Test
  void whatIsNotStagedAnyMoreReplacesNothing() {
    assertThatThrownBy(() -> storage.move("staged", "part")).isInstanceOf(IOException.class);

    assertThat(folder.resolve("part")).hasContent("old");
    assertThat(Copying.REMOVED).isEmpty();
  }

  @Test
  void aFileIsOpenedAgainWhenAReplyWasLost() throws IOException {
    for (int attempt = 0; attempt < 2; attempt++) {
      try (OutputStream out = storage.create("staged")) {
        out.write(1);
      }
    }

    assertThat(folder.resolve("staged")).hasSize(1);
  }

  /** A local folder that has what S3 has, and notes what is removed. */
  public static final class Copying extends FilterFileSystem {
    private static final List<String> REMOVED = new ArrayList<>();

    public Copying() {
      super(
          new RawLocalFileSystem() {
            @Override
            protected void checkPath(org.apache.hadoop.fs.Path path) {}
          });
    }

    @Override
    public String getScheme() {
      return "copying";
    }

    @Override
    public URI getUri() {
      return URI.create("copying://host");
    }

    @Override
    protected void checkPath(org.apache.hadoop.fs.Path path) {}

    @Override
    public boolean hasPathCapability(org.apache.hadoop.fs.Path path, String capability) {
      return capability.equals(CommonPathCapabilities.ETAGS_AVAILABLE);
    }

    @Override
    public boolean delete(org.apache.hadoop.fs.Path path, boolean recursive) throws IOException {
      REMOVED.add(path.getName());
      return super.delete(path, recursive);
    }

    @Override
    public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to) {
      throw new AssertionError("This file system has no moves");
    }
  }
}
