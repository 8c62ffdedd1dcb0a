package io.similitude.dataset;

import static io.similitude.dataset.Fixtures.folder;
import static io.similitude.spec.DatasetFormat.IMAGE_FOLDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.dataset.image.EncodedImageTest;
import io.similitude.dataset.image.ImageShape;
import io.similitude.files.FileAccess;
import io.similitude.files.ListedFile;
import io.similitude.files.ProbeFileSystem;
import io.similitude.input.InputException;
import io.similitude.spec.DatasetSpec;
import io.similitude.spec.TransformSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageFolderFormatTest {
  private static final FileAccess FILES =
      new FileAccess(Map.of("fs.probe.impl", ProbeFileSystem.class.getName()));
  private static final String ROOT = Fixtures.path("image-folder").toString();
  private static final long[] ALL = {0, 1, 2, 3, 4};
  private static final TransformSpec[] SQUARE = {
    new TransformSpec.Resize(36), new TransformSpec.CenterCrop(32)
  };

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", "file:", "probe:"})
  void listsWhatTorchvisionLists(String scheme) {
    DatasetListing listing = Datasets.list(folder(IMAGE_FOLDER, scheme + ROOT, "val"), FILES);
    assertThat(listing.files())
        .extracting(ListedFile::name)
        .containsExactly("n01/a.JPEG", "n01/b.jpg", "n01/deep/0.png", "n02/c.JPEG", "n10/z.png");
    assertThat(listing.classes()).containsExactly("n01", "n02", "n10");
    Examples examples =
        Datasets.open(folder(IMAGE_FOLDER, scheme + ROOT, "val", SQUARE), FILES).read(ALL);
    assertThat(examples.labels().orElseThrow()).containsExactly(0, 0, 0, 1, 2);
  }

  @Test
  void resizesAndCropsAsTorchvisionButForItsRoundingToBytes() {
    float[] expected = Fixtures.npy("image-folder-resize-36-crop-32.npy").floats();
    Dataset dataset = Datasets.open(folder(IMAGE_FOLDER, ROOT, "val", SQUARE), FILES);
    float[] pixels = dataset.read(ALL).pixels();
    assertThat(dataset.shape()).isEqualTo(new ImageShape(3, 32, 32));
    assertThat(pixels).hasSameSizeAs(expected);
    double sum = 0;
    double largest = 0;
    for (int i = 0; i < pixels.length; i++) {
      double difference = Math.abs(pixels[i] - expected[i]) * 255;
      sum += difference;
      largest = Math.max(largest, difference);
    }
    // Pillow rounds to a byte after each of the two passes: half a step each, and its weights have
    // 22 bits.
    assertThat(largest).isLessThan(1.01);
    assertThat(sum / pixels.length).isLessThan(0.35);
  }

  @Test
  void decodesOnlyWhatIsAskedFor() throws IOException {
    image("a/0.jpg", "420.jpg");
    image("a/1.jpg", "422.jpg");
    Files.writeString(folder.resolve("a/2.jpg"), "no image");
    Dataset dataset = Datasets.open(folder(IMAGE_FOLDER, folder.toString(), null), FILES);
    assertThat(dataset.size()).isEqualTo(3);
    assertThat(dataset.read(new long[] {1, 0}).count()).isEqualTo(2);
    assertThatThrownBy(() -> dataset.read(new long[] {0, 2}))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot read image %s/a/2.jpg: it is neither JPEG nor PNG, it begins with"
                + " 0x6e6f20696d616765 (was it copied or downloaded whole?)",
            folder);
  }

  @Test
  void imagesOfOneBatchHaveOneShape() {
    Dataset dataset =
        Datasets.open(folder(IMAGE_FOLDER, ROOT, "val", new TransformSpec.Resize(30)), FILES);
    assertThatThrownBy(() -> dataset.read(new long[] {0, 1}))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot put %s/val/n01/b.jpg into a batch: the transforms make it 3 x 42 x 30, and"
                + " %s/val/n01/a.JPEG 3 x 30 x 40 (all must have one shape: add {resize: N} and"
                + " {center-crop: N})",
            ROOT, ROOT);
  }

  @Test
  void aFolderOfSplitsIsNoFolderOfClasses() {
    assertFails(
        folder(IMAGE_FOLDER, ROOT, null),
        "Cannot take %s for a folder of classes: its folders are val (choose one by split)",
        ROOT);
    assertFails(
        folder(IMAGE_FOLDER, ROOT, "vall"),
        "Cannot read %s/vall: no such file (did you mean val?)",
        ROOT);
  }

  @Test
  void aClassWithoutImagesIsNamed() throws IOException {
    image("a/0.jpg", "420.jpg");
    Files.createDirectories(folder.resolve("b/empty"));
    Files.writeString(folder.resolve("b/notes.txt"), "none");
    assertFails(
        folder(IMAGE_FOLDER, folder.toString(), null),
        "Cannot find an image of class b: there is none in %s/b (add one, or remove the folder)",
        folder);
  }

  @Test
  void aFolderWithoutFoldersHasNoClasses() throws IOException {
    image("0.jpg", "420.jpg");
    assertFails(
        folder(IMAGE_FOLDER, folder.toString(), null),
        "Cannot find images in %s: it has no folders (must have one folder per class)",
        folder);
  }

  @Test
  void aFileThatChangedAfterTheListingIsNoticed() throws IOException {
    image("a/0.jpg", "420.jpg");
    image("a/1.jpg", "420.jpg");
    Dataset dataset = Datasets.open(folder(IMAGE_FOLDER, folder.toString(), null), FILES);
    long length = Files.size(folder.resolve("a/1.jpg"));
    image("a/1.jpg", "444.jpg");
    assertThatThrownBy(() -> dataset.read(new long[] {1}))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot read image %s/a/1.jpg: its length is no longer the %d bytes that were listed"
                + " (run again)",
            folder, length);
  }

  @Test
  void isIdentifiedByNamesLengthsAndTimes() throws IOException {
    Path image = image("a/0.jpg", "420.jpg");
    Files.setLastModifiedTime(image, FileTime.fromMillis(1_000_000));
    String before = digest();
    assertThat(before).matches("[0-9a-f]{64}").isEqualTo(digest());
    Files.setLastModifiedTime(image, FileTime.fromMillis(2_000_000));
    String later = digest();
    assertThat(later).isNotEqualTo(before);
    Files.setLastModifiedTime(image, FileTime.fromMillis(1_000_000));
    assertThat(digest()).isEqualTo(before);
    Files.move(image, image.resolveSibling("1.jpg"));
    assertThat(digest()).isNotEqualTo(before);
  }

  private String digest() {
    return Datasets.list(folder(IMAGE_FOLDER, folder.toString(), null), FILES).digest(FILES);
  }

  @Test
  void theListingTravels() throws IOException, ClassNotFoundException {
    DatasetListing listing = Datasets.list(folder(IMAGE_FOLDER, ROOT, "val", SQUARE), FILES);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(listing);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(listing);
    }
  }

  private Path image(String name, String fixture) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    return Files.write(path, EncodedImageTest.bytes(fixture));
  }

  private static void assertFails(DatasetSpec spec, String message, Object... values) {
    assertThatThrownBy(() -> Datasets.list(spec, FILES))
        .isInstanceOf(InputException.class)
        .hasMessage(message, values);
  }
}
