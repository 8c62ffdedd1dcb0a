package io.similitude.checkpoint.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.checkpoint.tensor.MalformedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that lie; the offsets are those of a zip directory entry (APPNOTE 4.3.12). */
final class TorchArchiveTest {
  private static final int FLAGS = 8;
  private static final int CRC = 16;
  private static final int COMPRESSED_SIZE = 20;
  private static final int SIZE = 24;
  private static final int NAME = 46;

  /** It takes a fraction of a second; this tells a hang from a busy machine. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil",
        "a/../../evil",
        "/etc/evil",
        "a/..",
        "..",
        "C:/evil",
        "a\\..\\evil",
        "\\evil"
      })
  void refusesNamesThatLeaveTheArchive(String name) {
    byte[] archive = TestArchive.ofOneTensor().with(name, new byte[1]).bytes();

    assertThatThrownBy(() -> read(archive, "data/0"))
        .hasMessage("its record " + name + " has a name that leaves the archive");
  }

  @Test
  void refusesARecordThatIsThereTwice() {
    byte[] archive = TestArchive.ofOneTensor().with("a/data/1", new byte[16]).bytes();
    archive[TestArchive.directoryEntry(archive, "a/data/1") + NAME + 7] = '0';

    assertThatThrownBy(() -> read(archive, "data/0"))
        .hasMessage("its record a/data/0 is there twice");
  }

  @Test
  void refusesNamesMadeToCollide() {
    TestArchive archive = TestArchive.ofOneTensor();
    for (int bits = 0; bits < 32; bits++) {
      StringBuilder name = new StringBuilder("a/");
      for (int bit = 0; bit < 5; bit++) {
        name.append((bits >> bit & 1) == 0 ? "Aa" : "BB");
      }
      archive.with(name.toString(), new byte[0]);
    }

    assertThatThrownBy(() -> read(archive.bytes(), "data/0"))
        .hasMessage("its records have names made to collide");
  }

  @Test
  void refusesALongName() {
    byte[] archive = TestArchive.ofOneTensor().with("a/" + "x".repeat(499), new byte[0]).bytes();

    assertThatThrownBy(() -> read(archive, "data/0"))
        .hasMessageMatching("its record a/x{98}\\.\\.\\. has a name of 501 characters");
  }

  @Test
  void readsManyRecordsQuicklyAndRefusesMore() throws IOException {
    TestArchive most = TestArchive.ofOneTensor();
    for (int i = 2; i < 50_000; i++) {
      most.with("a/extra/" + i, new byte[0]);
    }
    byte[] many = most.bytes();
    byte[] tooMany = most.with("a/extra/one-more", new byte[0]).bytes();

    Assertions.assertTimeout(LIMIT, () -> assertThat(read(many, "data/0")).hasSize(16));
    assertThatThrownBy(() -> read(tooMany, "data/0"))
        .hasMessage("it has 50001 records (must be at most 50000)");
  }

  @Test
  void refusesAnEncryptedRecord() {
    byte[] archive = TestArchive.ofOneTensor().bytes();
    archive[TestArchive.directoryEntry(archive, "a/data/0") + FLAGS] |= 1;

    assertThatThrownBy(() -> read(archive, "data/0"))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("encrypted");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 15, 17, 1 << 20, Integer.MAX_VALUE - 20, -2})
  void refusesALieAboutTheSizeOfAStoredRecord(int size) {
    byte[] both = TestArchive.ofOneTensor().bytes();
    put(both, "a/data/0", SIZE, size);
    put(both, "a/data/0", COMPRESSED_SIZE, size);
    byte[] one = TestArchive.ofOneTensor().bytes();
    put(one, "a/data/0", SIZE, size);

    assertThatThrownBy(() -> read(both, "data/0")).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> read(one, "data/0")).isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 15, 17, 1 << 20})
  void refusesALieAboutTheSizeOfACompressedRecord(int size) {
    byte[] archive = TestArchive.ofOneTensor().deflated().bytes();
    put(archive, "a/data/0", SIZE, size);

    assertThatThrownBy(() -> read(archive, "data/0"))
        .hasMessage("its record a/data/0 does not have the " + size + " bytes that it promises");
  }

  @Test
  void refusesARatioOfAThousandToOne() {
    byte[] archive =
        TestArchive.ofOneTensor().with("a/data/0", new byte[64 << 20]).deflated().bytes();
    assertThat(archive).hasSizeLessThan(100_000);

    assertThatThrownBy(() -> read(archive, "data/0"))
        .hasMessageContaining("its contents would take more than")
        .hasMessageContaining("4 times the file");
  }

  @Test
  void countsWhatManyRecordsTakeTogether() throws IOException {
    Path file = write(TestArchive.ofOneTensor().with("a/data/0", new byte[1 << 20]).bytes());
    try (TorchArchive archive = TorchArchive.open(file)) {
      for (int i = 0; i < 8; i++) {
        assertThat(archive.read("data/0", Integer.MAX_VALUE)).hasSize(1 << 20);
      }
      assertThatThrownBy(() -> archive.read("data/0", Integer.MAX_VALUE))
          .hasMessageContaining("4 times the file");
    }
  }

  @Test
  void refusesARecordLongerThanItsReaderTakes() {
    byte[] archive = TestArchive.ofOneTensor().bytes();
    assertThatThrownBy(
            () -> {
              try (TorchArchive opened = TorchArchive.open(write(archive))) {
                opened.read("data/0", 15);
              }
            })
        .hasMessage("its record a/data/0 has 16 bytes (must be at most 15)");
  }

  @Test
  void refusesDamagedBytesButNotAMissingChecksum() throws IOException {
    byte[] damaged = TestArchive.ofOneTensor().bytes();
    int data = new String(damaged, StandardCharsets.ISO_8859_1).indexOf("a/data/0") + 8;
    damaged[data + 5] ^= 4;
    byte[] unchecked = TestArchive.ofOneTensor().bytes();
    put(unchecked, "a/data/0", CRC, 0);

    assertThatThrownBy(() -> read(damaged, "data/0"))
        .hasMessage(
            "its record a/data/0 is damaged: its checksum does not fit (fetch the file again)");
    assertThat(read(unchecked, "data/0")).hasSize(16);
  }

  @Test
  void refusesAnArchiveOfSomethingElse() {
    byte[] none = new TestArchive().with("a/b", new byte[1]).bytes();
    byte[] two = TestArchive.ofOneTensor().with("b/data.pkl", new byte[1]).bytes();

    assertThatThrownBy(() -> read(none, "data/0"))
        .hasMessage(
            "it is a zip archive, but not one of torch.save: it has 0 records data.pkl (must be 1)");
    assertThatThrownBy(() -> read(two, "data/0"))
        .hasMessage(
            "it is a zip archive, but not one of torch.save: it has 2 records data.pkl (must be 1)");
  }

  private byte[] read(byte[] archive, String record) throws IOException {
    try (TorchArchive opened = TorchArchive.open(write(archive))) {
      return opened.read(record, Integer.MAX_VALUE);
    }
  }

  private Path write(byte[] archive) throws IOException {
    return Files.write(Files.createTempFile(folder, "test", ".pth"), archive);
  }

  private static void put(byte[] archive, String name, int field, int value) {
    ByteBuffer.wrap(archive)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(TestArchive.directoryEntry(archive, name) + field, value);
  }
}
