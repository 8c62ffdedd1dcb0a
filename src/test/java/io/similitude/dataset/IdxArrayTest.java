package io.similitude.dataset;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.files.FileAccess;
import io.similitude.input.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdxArrayTest {
  @TempDir Path folder;

  @Test
  void aHeaderThatPromisesMoreNamesBothNumbers() throws IOException {
    String location = Fixtures.idx(folder, "images", 100, new int[] {10_000, 28, 28});
    assertFails(
        location,
        "its header promises 7840016 bytes, an array of [10000, 28, 28], and the file holds 116"
            + " (was it copied or downloaded whole?)");
  }

  @Test
  void aHeaderThatPromisesLessIsRefusedToo() throws IOException {
    String location = Fixtures.idx(folder, "images", 9, new int[] {2, 2, 2});
    assertFails(
        location,
        "its header promises 24 bytes, an array of [2, 2, 2], and the file goes on after them"
            + " (is it the right file?)");
  }

  @Test
  void headersThatLieAreNotBelieved() throws IOException {
    int most = Integer.MAX_VALUE;
    assertFails(
        Fixtures.idx(folder, "a", 0, new int[] {most, most, most}),
        "its header promises an array of [2147483647, 2147483647, 2147483647]"
            + " (must be of 0 to 2147483639 values)");
    assertFails(
        Fixtures.idx(folder, "b", 0, new int[] {-1}),
        "its header promises an array of [-1] (must be of 0 to 2147483639 values)");
    assertFails(
        Fixtures.idx(folder, "c", 0, new int[] {2_000_000_000}),
        "its header promises 2000000008 bytes, an array of [2000000000], and the file holds 8"
            + " (was it copied or downloaded whole?)");
  }

  @Test
  void refusesOtherTypesAndOtherFiles() throws IOException {
    Path floats = Files.write(folder.resolve("floats"), new byte[] {0, 0, 0x0d, 1, 0, 0, 0, 0});
    assertFails(
        floats.toString(), "its values are of IDX type 0x0d (must be 0x08, unsigned bytes)");
    assertFails(
        Fixtures.NPY_IMAGES, "it does not begin as an IDX file does (is the format right?)");
  }

  @Test
  void aGzipStreamThatIsCutOffIsNamed() throws IOException {
    byte[] packed = Files.readAllBytes(Path.of(Fixtures.IDX_IMAGES));
    Path cut = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(packed, 10_000));
    assertFails(
        cut.toString(),
        "its gzip stream is cut off at the file's end, after 10000 bytes"
            + " (was it copied or downloaded whole?)");
  }

  @Test
  void aDamagedGzipStreamIsNamed() throws IOException {
    byte[] packed = Files.readAllBytes(Path.of(Fixtures.IDX_IMAGES));
    packed[packed.length - 6] ^= 1;
    Path damaged = Files.write(folder.resolve("damaged.gz"), packed);
    assertFails(
        damaged.toString(),
        "its gzip stream is damaged: Corrupt GZIP trailer (copy or download it again)");
  }

  @Test
  void eachTruncationIsOneClearLine() throws IOException {
    assertEachTruncationFails(Files.readAllBytes(Path.of(Fixtures.IDX_IMAGES)));
    assertEachTruncationFails(Files.readAllBytes(Path.of(Fixtures.IDX_LABELS)));
    assertEachTruncationFails(DatasetsTest.unpackedImages());
  }

  private void assertEachTruncationFails(byte... whole) throws IOException {
    for (int part = 0; part < 50; part++) {
      byte[] cut = Arrays.copyOf(whole, whole.length * part / 50);
      String location = Files.write(folder.resolve("cut"), cut).toString();
      assertThatThrownBy(() -> IdxArray.read(location, FileAccess.local()))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("Cannot read " + location + ": it")
          .hasMessageEndingWith("?)")
          .hasMessageNotContaining("\n");
    }
  }

  private static void assertFails(String location, String why) {
    assertThatThrownBy(() -> IdxArray.read(location, FileAccess.local()))
        .isInstanceOf(InputException.class)
        .hasMessage("Cannot read " + location + ": " + why);
  }
}
