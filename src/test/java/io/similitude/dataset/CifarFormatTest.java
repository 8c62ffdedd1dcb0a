package io.similitude.dataset;

import static io.similitude.dataset.Fixtures.folder;
import static io.similitude.spec.DatasetFormat.CIFAR10;
import static io.similitude.spec.DatasetFormat.CIFAR100;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.dataset.image.ImageShape;
import io.similitude.files.FileAccess;
import io.similitude.input.InputException;
import io.similitude.spec.DatasetFormat;
import io.similitude.spec.DatasetSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of three images each, of random bytes. */
final class CifarFormatTest {
  private static final FileAccess FILES = FileAccess.local();
  private static final Path ROOT = Fixtures.path("cifar");
  private static final Path TEN = ROOT.resolve("cifar-10-batches-bin");
  private static final Path HUNDRED = ROOT.resolve("cifar-100-binary");

  @TempDir Path folder;

  @Test
  void readsTheTrainingBatchesOfCifar10InOrder() throws IOException {
    List<Path> files =
        List.of(1, 2, 3, 4, 5).stream()
            .map(batch -> TEN.resolve("data_batch_" + batch + ".bin"))
            .toList();
    assertHolds(folder(CIFAR10, ROOT.toString(), "train"), 15, 1, bytes(files));
  }

  @Test
  void readsTheTestBatchFromItsFolderOrFromTheOneAbove() throws IOException {
    byte[] bytes = bytes(List.of(TEN.resolve("test_batch.bin")));
    assertHolds(folder(CIFAR10, ROOT.toString(), "test"), 3, 1, bytes);
    assertHolds(folder(CIFAR10, TEN.toString(), "test"), 3, 1, bytes);
  }

  @Test
  void takesTheFineLabelsOfCifar100() throws IOException {
    for (String split : List.of("train", "test")) {
      byte[] bytes = bytes(List.of(HUNDRED.resolve(split + ".bin")));
      assertHolds(folder(CIFAR100, ROOT.toString(), split), 3, 2, bytes);
    }
  }

  @Test
  void thePicklesOfPython2HoldTheSame() {
    String root = Fixtures.path("cifar-python2").toString();
    for (String split : List.of("train", "test")) {
      assertSame(folder(CIFAR10, root, split), folder(CIFAR10, ROOT.toString(), split));
      assertSame(folder(CIFAR100, root, split), folder(CIFAR100, ROOT.toString(), split));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "protocol-2",
        "protocol-3",
        "protocol-4",
        "protocol-5",
        "columns",
        "columns-5",
        "bytes"
      })
  void thePicklesOfPython3HoldTheSame(String name) {
    String path = Fixtures.path("cifar-python3/" + name).toString();
    assertSame(folder(CIFAR10, path, "test"), folder(CIFAR10, ROOT.toString(), "test"));
  }

  private static void assertSame(DatasetSpec pickled, DatasetSpec binary) {
    Dataset dataset = Datasets.open(pickled, FILES);
    long[] ids = LongStream.range(0, dataset.size()).toArray();
    Examples expected = Datasets.open(binary, FILES).read(ids);
    Examples examples = dataset.read(ids);
    assertThat(examples.pixels()).containsExactly(expected.pixels());
    assertThat(examples.labels().orElseThrow()).containsExactly(expected.labels().orElseThrow());
  }

  @Test
  void anArrayIsOfBytesAndOfImages() {
    Path floats = Fixtures.path("cifar-python3/floats");
    assertFails(
        folder(CIFAR10, floats.toString(), "test"),
        "Cannot read %s/test_batch: its array has values of type f4 (must be u1) (is it the Python"
            + " version of CIFAR-10, downloaded whole?)",
        floats);
    Path flat = Fixtures.path("cifar-python3/flat");
    assertFails(
        folder(CIFAR10, flat.toString(), "test"),
        "Cannot read %s/test_batch: its array is said to be [9216] and holds 9216 bytes (must be N x"
            + " 3072) (is it the Python version of CIFAR-10, downloaded whole?)",
        flat);
  }

  @Test
  void nothingInAPickleIsExecuted() throws IOException {
    Path file = folder.resolve("test_batch");
    Files.writeString(file, "\u0080\u0002cposix\nsystem\n(U\u0004exittR.", ISO_8859_1);
    assertFails(
        folder(CIFAR10, folder.toString(), "test"),
        "Cannot read %s: its pickle holds no dictionary"
            + " (is it the Python version of CIFAR-10, downloaded whole?)",
        file);
  }

  @Test
  void aPickleIsAnErrorWhenItIsCutOffAnywhere() throws IOException {
    byte[] whole =
        Files.readAllBytes(Fixtures.path("cifar-python2/cifar-10-batches-py/test_batch"));
    Path file = folder.resolve("test_batch");
    for (int fiftieth = 0; fiftieth < 50; fiftieth++) {
      Files.write(file, Arrays.copyOf(whole, whole.length * fiftieth / 50));
      assertThatThrownBy(() -> Datasets.open(folder(CIFAR10, folder.toString(), "test"), FILES))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("Cannot read %s: its pickle is broken", file);
    }
  }

  @Test
  void aPickleIsReadOrAnErrorWithAnyByteChanged() throws IOException {
    byte[] whole =
        Files.readAllBytes(Fixtures.path("cifar-python2/cifar-10-batches-py/test_batch"));
    Random random = new Random(0);
    for (int i = 0; i < 2000; i++) {
      byte[] changed = whole.clone();
      // Half of the changes around the array's 9,216 bytes.
      int place = random.nextInt(whole.length);
      changed[i % 2 == 0 && place < 9000 ? place % 200 : place] = (byte) random.nextInt(256);
      try {
        assertThat(CifarFile.ofPickle("x", CifarLayout.CIFAR10, changed).count()).isEqualTo(3);
      } catch (InputException e) {
        assertThat(e).hasMessageStartingWith("Cannot read x: ");
      }
    }
  }

  private static void assertHolds(DatasetSpec spec, int count, int labelBytes, byte... bytes) {
    Dataset dataset = Datasets.open(spec, FILES);
    Examples all = dataset.read(LongStream.range(0, dataset.size()).toArray());
    assertThat(all.shape()).isEqualTo(new ImageShape(3, 32, 32));
    assertThat(all.count()).isEqualTo(count);
    int record = labelBytes + 3072;
    for (int i = 0; i < count; i++) {
      assertThat(all.labels().orElseThrow()[i]).isEqualTo(bytes[i * record + labelBytes - 1]);
      for (int j = 0; j < 3072; j++) {
        float expected = (bytes[i * record + labelBytes + j] & 0xff) / 255f;
        assertThat(all.pixels()[i * 3072 + j]).isEqualTo(expected);
      }
    }
  }

  @Test
  void aFileHasWholeRecords() throws IOException {
    Path file = folder.resolve("test_batch.bin");
    String message =
        "Cannot read %s: it is %d bytes long (must be a multiple of 3073, the record of CIFAR-10;"
            + " was it copied or downloaded whole?)";
    Files.write(file, new byte[2 * 3073 - 1]);
    assertFails(folder(CIFAR10, folder.toString(), "test"), message, file, 6145);
    Files.write(file, new byte[0]);
    assertFails(folder(CIFAR10, folder.toString(), "test"), message, file, 0);
  }

  @Test
  void labelsAreBelowTheNumberOfClasses() throws IOException {
    Path file = folder.resolve("test_batch.bin");
    byte[] records = new byte[2 * 3073];
    records[3073] = (byte) 200;
    Files.write(file, records);
    assertFails(
        folder(CIFAR10, folder.toString(), "test"),
        "Cannot read %s: the label of its image 1 is 200 (must be below 10; is it CIFAR-10?)",
        file);
  }

  @Test
  void saysWhereItLooked() {
    assertFails(
        folder(CIFAR100, folder.toString(), "test"),
        "Cannot find CIFAR-100 in %s: there is none of test.bin, cifar-100-binary/test.bin, test,"
            + " cifar-100-python/test (path must be the unpacked folder, or the folder it lies in)",
        folder);
  }

  @Test
  void isIdentifiedByItsContent() throws IOException {
    Path file = folder.resolve("test_batch.bin");
    byte[] records = new byte[3073];
    Files.write(file, records);
    String before = digest(CIFAR10);
    records[1000] = 1;
    Files.write(file, records);
    assertThat(digest(CIFAR10)).matches("[0-9a-f]{64}").isNotEqualTo(before);
    records[1000] = 0;
    Files.write(file, records);
    assertThat(digest(CIFAR10)).isEqualTo(before);
  }

  private String digest(DatasetFormat format) {
    return Datasets.list(folder(format, folder.toString(), "test"), FILES).digest(FILES);
  }

  private static byte[] bytes(List<Path> files) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Path file : files) {
      all.write(Files.readAllBytes(file));
    }
    return all.toByteArray();
  }

  private static void assertFails(DatasetSpec spec, String message, Object... values) {
    assertThatThrownBy(() -> Datasets.open(spec, FILES))
        .isInstanceOf(InputException.class)
        .hasMessage(message, values);
  }
}
