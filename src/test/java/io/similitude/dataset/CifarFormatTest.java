package io.similitude.dataset;

import static io.similitude.dataset.Fixtures.folder;
import static io.similitude.spec.DatasetFormat.CIFAR10;
import static io.similitude.spec.DatasetFormat.CIFAR100;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.files.FileAccess;
import io.similitude.spec.DatasetFormat;
import io.similitude.spec.DatasetSpec;
import io.similitude.spec.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        "Cannot read %s: the label of its image 1 is 200 (must be below 10; is it CIFAR-10 in"
            + " binary?)",
        file);
  }

  @Test
  void saysWhereItLooked() {
    assertFails(
        folder(CIFAR100, folder.toString(), "test"),
        "Cannot find CIFAR-100 in %s: there is neither test.bin nor cifar-100-binary/test.bin (path"
            + " must be the unpacked folder of the binary version, or the folder it lies in)",
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
