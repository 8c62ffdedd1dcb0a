package io.similitude.dataset;

import static io.similitude.dataset.Fixtures.folder;
import static io.similitude.dataset.Fixtures.spec;
import static io.similitude.spec.DatasetFormat.IMAGE_FOLDER;
import static io.similitude.spec.DatasetFormat.PARQUET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.dataset.image.ImageShape;
import io.similitude.files.FileAccess;
import io.similitude.files.ListedFile;
import io.similitude.files.ProbeFileSystem;
import io.similitude.input.InputException;
import io.similitude.spec.DatasetSource;
import io.similitude.spec.DatasetSpec;
import io.similitude.spec.TransformSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that PyArrow wrote: the five images of image-folder/val, as Hugging Face stores images, in
 * two files of row groups of two rows; and the first two again as plain bytes.
 */
final class ParquetFormatTest {
  private static final FileAccess FILES =
      new FileAccess(Map.of("fs.probe.impl", ProbeFileSystem.class.getName()));
  private static final String ROOT = Fixtures.path("parquet").toString();
  private static final TransformSpec[] SQUARE = {
    new TransformSpec.Resize(36), new TransformSpec.CenterCrop(32)
  };

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", "file:", "probe:"})
  void readsTheImagesOfHuggingFace(String scheme) {
    DatasetListing listing = Datasets.list(source(scheme + ROOT, "test", "image", null), FILES);
    assertThat(listing.files())
        .extracting(ListedFile::name)
        .containsExactly("test-00000-of-00002.parquet", "test-00001-of-00002.parquet");
    assertThat(listing.rows()).containsExactly(3, 2);
    Dataset dataset = listing.open(FILES);
    assertThat(dataset.size()).isEqualTo(5);
    assertThat(dataset.shape()).isEqualTo(new ImageShape(3, 32, 32));
    Examples all = dataset.read(new long[] {0, 1, 2, 3, 4});
    assertThat(all.labels().orElseThrow()).containsExactly(0, 1, 2, 3, 4);
    assertThat(all.pixels()).containsExactly(ofFolder(0, 1, 2, 3, 4));
  }

  @Test
  void readsAnyRowsInAnyOrder() {
    Dataset dataset = Datasets.open(source(ROOT, "test", "image", "label"), FILES);
    Examples some = dataset.read(new long[] {4, 0, 2, 4});
    assertThat(some.labels().orElseThrow()).containsExactly(4, 0, 2, 4);
    assertThat(some.pixels()).containsExactly(ofFolder(4, 0, 2, 4));
  }

  @Test
  void readsPlainBytesOfOneFile() {
    String file = ROOT + "/train-00000-of-00001.parquet";
    Examples examples =
        Datasets.open(source(file, null, "img", "fine"), FILES).read(new long[] {1, 0});
    assertThat(examples.labels().orElseThrow()).containsExactly(8, 7);
    assertThat(examples.pixels()).containsExactly(ofFolder(1, 0));
    assertThat(Datasets.open(source(file, null, "img", null), FILES).labelled()).isFalse();
  }

  private static float[] ofFolder(long... ids) {
    String root = Fixtures.path("image-folder").toString();
    return Datasets.open(folder(IMAGE_FOLDER, root, "val", SQUARE), FILES).read(ids).pixels();
  }

  @Test
  void aColumnThatIsNotThereIsNamedWithThoseThatAre() {
    String file = ROOT + "/train-00000-of-00001.parquet";
    assertFails(
        source(file, null, "image", null),
        "Cannot read images of %s: it has no column image of bytes, or bytes and path (its columns:"
            + " img, fine; choose with image-column)",
        file);
    assertFails(
        source(file, null, "img", "img"),
        "Cannot read labels of %s: it has no column img of integers (its columns: img, fine; choose"
            + " with label-column)",
        file);
    assertFails(
        source(ROOT, "val", "image", null),
        "Cannot find a table in %s: no file's name ends in .parquet and begins with val",
        ROOT);
  }

  @Test
  void aBrokenImageIsNamedByItsRow() throws IOException {
    Path file = copy("test-00000-of-00002.parquet");
    byte[] bytes = Files.readAllBytes(file);
    int jpeg = indexOf(bytes, (byte) 0xff, (byte) 0xd8, (byte) 0xff);
    bytes[jpeg] = 0;
    // PyArrow's checksum would notice; a writer without checksums would not.
    Files.write(file, bytes);
    assertThatThrownBy(() -> Datasets.open(source(file.toString(), null, "image", null), FILES))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("Cannot read %s: as a Parquet file it is broken: ", file)
        .hasMessageContaining("checksum");
  }

  @Test
  void isAnErrorWhenItIsCutOffAnywhere() throws IOException {
    byte[] whole = Files.readAllBytes(Path.of(ROOT, "test-00001-of-00002.parquet"));
    Path file = folder.resolve("a.parquet");
    for (int fiftieth = 0; fiftieth < 50; fiftieth++) {
      Files.write(file, Arrays.copyOf(whole, whole.length * fiftieth / 50));
      assertThatThrownBy(() -> Datasets.list(source(file.toString(), null, "image", null), FILES))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("Cannot read %s: as a Parquet file it is broken: ", file)
          .hasMessageEndingWith(" (was it copied or downloaded whole?)")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void isTheSameOrAnErrorWithAnyByteChanged() throws IOException {
    byte[] whole = Files.readAllBytes(Path.of(ROOT, "test-00001-of-00002.parquet"));
    Random random = new Random(0);
    for (int i = 0; i < 200; i++) {
      byte[] changed = whole.clone();
      // The footer is where the lies are; a file that nobody has read before, for the cache's sake.
      int place = whole.length - 1 - random.nextInt(i % 2 == 0 ? 1500 : whole.length);
      changed[place] = (byte) random.nextInt(256);
      Path file = Files.write(folder.resolve(i + ".parquet"), changed);
      DatasetSpec spec = source(file.toString(), null, "image", null);
      try {
        Dataset dataset = Datasets.open(spec, FILES);
        assertThat(dataset.read(new long[] {0}).pixels()).hasSize(3 * 32 * 32);
      } catch (InputException e) {
        assertThat(e.getMessage()).startsWith("Cannot read ").contains(file.toString());
      }
    }
  }

  @Test
  void isIdentifiedByItsColumnsToo() {
    String file = ROOT + "/train-00000-of-00001.parquet";
    String labelled = Datasets.list(source(file, null, "img", "fine"), FILES).digest(FILES);
    String plain = Datasets.list(source(file, null, "img", null), FILES).digest(FILES);
    assertThat(labelled).matches("[0-9a-f]{64}").isNotEqualTo(plain);
  }

  private Path copy(String name) throws IOException {
    return Files.copy(Path.of(ROOT, name), folder.resolve(name));
  }

  private static int indexOf(byte[] bytes, byte... wanted) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    throw new AssertionError("not there");
  }

  private static DatasetSpec source(String path, String split, String image, String label) {
    return spec(
        PARQUET,
        new DatasetSource.Columns(
            path, Optional.ofNullable(split), image, Optional.ofNullable(label)),
        SQUARE);
  }

  private static void assertFails(DatasetSpec spec, String message, Object... values) {
    assertThatThrownBy(() -> Datasets.list(spec, FILES))
        .isInstanceOf(InputException.class)
        .hasMessage(message, values);
  }
}
