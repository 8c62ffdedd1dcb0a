package io.similitude.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.input.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StagingTest {
  @TempDir Path folder;

  private final FileAccess files =
      new FileAccess(Map.of("fs.probe.impl", ProbeFileSystem.class.getName()));

  @Test
  void aLocalFileStaysWhereItIs() throws IOException {
    Path file = Files.writeString(folder.resolve("one"), "one");
    StagedFile staged = files.stage(file.toString(), folder.resolve("stage"));
    assertThat(staged).isEqualTo(new StagedFile(file, files.sha256(file.toString()), 3));
    assertThat(files.stage("file:" + file, folder.resolve("stage"))).isEqualTo(staged);
    assertThat(folder.resolve("stage")).doesNotExist();
  }

  @Test
  void aRemoteFileIsCopiedUnderItsDigest() throws IOException {
    Path file = Files.writeString(folder.resolve("one"), "one");
    StagedFile staged = files.stage("probe:" + file, folder.resolve("a/stage"));
    assertThat(staged.path()).hasParent(folder.resolve("a/stage")).hasContent("one");
    assertThat(staged.path()).hasFileName(staged.sha256());
    assertThat(staged.length()).isEqualTo(3);
    assertThat(staged.sha256()).isEqualTo(files.sha256(file.toString()));
  }

  @Test
  void manyStageOneFileAtOnce() throws Exception {
    byte[] content = new byte[1 << 20];
    new Random(1).nextBytes(content);
    Path file = Files.write(folder.resolve("weights"), content);
    Path stage = folder.resolve("stage");
    Callable<byte[]> task = () -> Files.readAllBytes(files.stage("probe:" + file, stage).path());
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      for (Future<byte[]> copy : pool.invokeAll(Collections.nCopies(32, task))) {
        assertThat(copy.get()).isEqualTo(content);
      }
    } finally {
      pool.shutdown();
    }
    assertHoldsOneFile(stage);
  }

  @Test
  void aStreamThatBreaksLeavesNothingBehind() throws IOException {
    try (InputStream broken = breaking()) {
      assertThatThrownBy(() -> Staging.copy(broken, "s3a://b/x", folder))
          .isInstanceOf(StorageException.class)
          .hasMessage(
              "Cannot copy s3a://b/x to %s: Connection reset"
                  + " (the same command again may succeed)",
              folder);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void namesAFolderThatCannotBeMade() throws IOException {
    Path file = Files.writeString(folder.resolve("one"), "one");
    assertThatThrownBy(() -> files.stage("probe:" + file, file.resolve("stage")))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("Cannot copy probe:%s to %s/stage: ", file, file);
  }

  private static void assertHoldsOneFile(Path stage) throws IOException {
    try (Stream<Path> left = Files.list(stage)) {
      assertThat(left).hasSize(1);
    }
  }

  /** Some bytes and then a failure, as of a dropped connection. */
  private static InputStream breaking() {
    InputStream reset =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("Connection reset");
          }

          @Override
          public int read(byte[] buffer, int from, int length) throws IOException {
            return read();
          }
        };
    return new SequenceInputStream(new ByteArrayInputStream(new byte[100_000]), reset);
  }
}
