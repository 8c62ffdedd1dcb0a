package io.similitude.dataset;

import static io.similitude.dataset.Fixtures.spec;
import static io.similitude.spec.DatasetFormat.IDX;
import static io.similitude.spec.DatasetFormat.NPY;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.dataset.image.ImageShape;
import io.similitude.dataset.npy.NpyArray;
import io.similitude.files.FileAccess;
import io.similitude.input.InputException;
import io.similitude.spec.DatasetSpec;
import io.similitude.spec.TransformSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatasetsTest {
  private static final FileAccess FILES = FileAccess.local();
  private static final long[] ALL = LongStream.range(0, 50).toArray();

  @TempDir Path folder;

  @Test
  void readsFashionMnistFromIdx() {
    Dataset dataset = Datasets.open(spec(IDX, Fixtures.IDX_IMAGES, Fixtures.IDX_LABELS), FILES);
    assertThat(dataset.size()).isEqualTo(50);
    assertThat(dataset.shape()).isEqualTo(new ImageShape(1, 28, 28));
    assertThat(dataset.labelled()).isTrue();
    Examples all = dataset.read(ALL);
    assertThat(all.ids()).isEqualTo(ALL);
    assertThat(all.pixels()).containsExactly(scaled(Fixtures.npy("fashion-mnist-50-images.npy")));
    assertThat(all.labels().orElseThrow()).startsWith(9, 2, 1, 1, 6, 1, 4, 6, 5, 7);
  }

  @Test
  void idxAndNpyGiveTheSameExamples() {
    Examples idx =
        Datasets.open(spec(IDX, Fixtures.IDX_IMAGES, Fixtures.IDX_LABELS), FILES).read(ALL);
    Examples npy =
        Datasets.open(spec(NPY, Fixtures.NPY_IMAGES, Fixtures.NPY_LABELS), FILES).read(ALL);
    assertThat(npy.pixels()).containsExactly(idx.pixels());
    assertThat(npy.labels().orElseThrow()).containsExactly(idx.labels().orElseThrow());
  }

  @Test
  void readsUnpackedIdxToo() throws IOException {
    Path unpacked = folder.resolve("images");
    Files.write(unpacked, unpackedImages());
    Dataset dataset = Datasets.open(spec(IDX, unpacked.toString(), Fixtures.IDX_LABELS), FILES);
    assertThat(dataset.read(ALL).pixels())
        .containsExactly(scaled(Fixtures.npy("fashion-mnist-50-images.npy")));
  }

  @Test
  void readsAnyExamplesInAnyOrder() {
    Dataset dataset = Datasets.open(spec(IDX, Fixtures.IDX_IMAGES, Fixtures.IDX_LABELS), FILES);
    Examples some = dataset.read(new long[] {3, 0, 3});
    Examples all = dataset.read(ALL);
    assertThat(some.labels().orElseThrow()).containsExactly(1, 9, 1);
    assertThat(some.slice(0, 1).pixels()).containsExactly(all.slice(3, 4).pixels());
    assertThat(some.slice(1, 2).pixels()).containsExactly(all.slice(0, 1).pixels());
    assertThat(some.slice(2, 3).pixels()).containsExactly(all.slice(3, 4).pixels());
    assertThatThrownBy(() -> dataset.read(new long[] {50}))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void appliesTransformsInOrder() throws IOException {
    String images = Fixtures.idx(folder, "images", 1, 1, 1);
    Dataset dataset =
        Datasets.open(
            spec(
                IDX,
                images,
                Fixtures.idx(folder, "labels", 1),
                new TransformSpec.Pad(1),
                new TransformSpec.Channels(3),
                new TransformSpec.Resize(6),
                new TransformSpec.CenterCrop(4)),
            FILES);
    assertThat(dataset.shape()).isEqualTo(new ImageShape(3, 4, 4));
    assertThat(dataset.read(new long[] {0}).pixels()).hasSize(48);
  }

  @Test
  void imagesOfRankFourHaveChannels() throws IOException {
    String idx = Fixtures.idx(folder, "images", 2, 3, 4, 5);
    String labels = Fixtures.idx(folder, "labels", 2);
    assertThat(Datasets.open(spec(IDX, idx, labels), FILES).shape())
        .isEqualTo(new ImageShape(3, 4, 5));
  }

  @Test
  void floatsAreTakenAsTheyAre() throws IOException {
    double[] values = {-1.5, 0, 0.25, 300};
    String npy = Fixtures.write(folder, "a.npy", NpyArray.of(values, 2, 1, 2));
    Dataset dataset = Datasets.open(spec(NPY, npy, null), FILES);
    Examples examples = dataset.read(new long[] {1, 0});
    assertThat(dataset.labelled()).isFalse();
    assertThat(examples.labels()).isEmpty();
    assertThat(examples.pixels()).containsExactly(0.25f, 300, -1.5f, 0);
  }

  @Test
  void decodesOnceAndAgainWhenTheFileHasChanged() throws IOException {
    String location = Fixtures.idx(folder, "images", 2, 1, 1);
    String labels = Fixtures.idx(folder, "labels", 2);
    DatasetSpec spec = spec(IDX, location, labels);
    StoredCache cache = new StoredCache();
    StoredDataset first = get(cache, spec);
    assertThat(get(cache, spec)).isSameAs(first);
    Fixtures.idx(folder, "images", 3, 1, 1);
    Fixtures.idx(folder, "labels", 3);
    StoredDataset second = get(cache, spec);
    assertThat(second.images().count()).isEqualTo(3);
  }

  private static StoredDataset get(StoredCache cache, DatasetSpec spec) {
    DatasetListing listing = Datasets.list(spec, FILES);
    return cache.get(listing, () -> new IdxFormat().read(listing, FILES));
  }

  @Test
  void manyTasksShareOneDecoding() throws Exception {
    DatasetSpec spec = spec(IDX, Fixtures.IDX_IMAGES, Fixtures.IDX_LABELS);
    StoredCache cache = new StoredCache();
    DatasetListing listing = Datasets.list(spec, FILES);
    AtomicInteger decoded = new AtomicInteger();
    Callable<StoredDataset> task =
        () ->
            cache.get(
                listing,
                () -> {
                  decoded.incrementAndGet();
                  return new IdxFormat().read(listing, FILES);
                });
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      for (Future<StoredDataset> opened : pool.invokeAll(Collections.nCopies(32, task))) {
        assertThat(opened.get().images().count()).isEqualTo(50);
      }
    } finally {
      pool.shutdown();
    }
    assertThat(decoded).hasValue(1);
  }

  @Test
  void imagesAndLabelsMustBeAsMany() throws IOException {
    String labels = Fixtures.idx(folder, "labels", 49);
    assertFails(
        spec(IDX, Fixtures.IDX_IMAGES, labels),
        "Cannot pair images %s with labels %s: there are 50 images and 49 labels"
            + " (do the two files belong together?)",
        Fixtures.IDX_IMAGES,
        labels);
  }

  @Test
  void labelsAreClasses() throws IOException {
    String images = Fixtures.write(folder, "i.npy", NpyArray.of(new float[2], 2, 1, 1));
    String negative = Fixtures.write(folder, "n.npy", NpyArray.of(new long[] {0, -1}, 2));
    assertFails(
        spec(NPY, images, negative),
        "Cannot read labels %s: the label of example 1 is -1 (must be a class, counted from 0)",
        negative);
    String large = Fixtures.write(folder, "l.npy", NpyArray.of(new long[] {1L << 32, 0}, 2));
    assertFails(
        spec(NPY, images, large),
        "Cannot read labels %s: the label of example 0 is 4294967296"
            + " (must be a class, counted from 0)",
        large);
    String floats = Fixtures.write(folder, "f.npy", NpyArray.of(new float[2], 2));
    assertFails(
        spec(NPY, images, floats),
        "Cannot read labels %s: its values are float32 (must be whole numbers; convert with"
            + " astype('int64'))",
        floats);
  }

  @Test
  void pixelsMustBeFinite() throws IOException {
    float[] values = {0, 1, 2, Float.NaN};
    String images = Fixtures.write(folder, "i.npy", NpyArray.of(values, 2, 1, 2));
    assertFails(
        spec(NPY, images, null),
        "Cannot read images %s: image 1 has a pixel of value NaN"
            + " (must be finite, and of float32's range)",
        images);
    String large = Fixtures.write(folder, "l.npy", NpyArray.of(new double[] {1e39}, 1, 1, 1));
    assertFails(
        spec(NPY, large, null),
        "Cannot read images %s: image 0 has a pixel of value Infinity"
            + " (must be finite, and of float32's range)",
        large);
  }

  @Test
  void pixelsThatNetworksAreShownAreBetweenZeroAndOne() throws IOException {
    float[] values = {0, 1, 0.5f, 140, 0, -0.1f};
    String images = Fixtures.write(folder, "i.npy", NpyArray.of(values, 3, 1, 2));
    Dataset dataset = Datasets.open(spec(NPY, images, null), FILES);

    dataset.requireUnitPixels(new long[] {0});
    assertThatThrownBy(() -> dataset.requireUnitPixels(new long[] {0, 1, 2}))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot show image 1 to a network: it has a pixel of value 140.0 (must be in [0, 1]:"
                + " divide by white's value; or write unchecked: [pixels] under dataset if the"
                + " networks want other values)");
    assertThatThrownBy(() -> dataset.requireUnitPixels(new long[] {2}))
        .hasMessageStartingWith("Cannot show image 2 to a network: it has a pixel of value -0.1");
  }

  @Test
  void booleanImagesAreBlackAndWhite() throws IOException {
    byte[] bytes = Files.readAllBytes(Fixtures.path("bool.npy"));
    String header = new String(bytes, ISO_8859_1).replace("(3,)", "(3, 1, 1)");
    String padded = header.replaceFirst("     \n", "\n");
    String images = Files.write(folder.resolve("b.npy"), padded.getBytes(ISO_8859_1)).toString();

    assertThat(
            Datasets.open(spec(NPY, images, null), FileAccess.local())
                .read(new long[] {0, 1, 2})
                .pixels())
        .containsExactly(0, 1, 1);
  }

  @Test
  void whiteOfUint16Is65535() throws IOException {
    String header = "{'descr': '>u2', 'fortran_order': False, 'shape': (2, 1, 2), }\n";
    byte[] bytes =
        ByteBuffer.allocate(10 + header.length() + 8)
            .put("\u0093NUMPY\u0001\u0000".getBytes(ISO_8859_1))
            .put((byte) header.length())
            .put((byte) 0)
            .put(header.getBytes(ISO_8859_1))
            .putShort((short) 0)
            .putShort((short) 0xffff)
            .putShort((short) 0x8000)
            .putShort((short) 1)
            .array();
    String images = Files.write(folder.resolve("u2.npy"), bytes).toString();
    Dataset dataset = Datasets.open(spec(NPY, images, null), FileAccess.local());

    dataset.requireUnitPixels(new long[] {0, 1});
    assertThat(dataset.read(new long[] {0, 1}).pixels())
        .containsExactly(0, 1, 32_768 / 65_535f, 1 / 65_535f);
  }

  @Test
  void integersAreNoImages() throws IOException {
    String images = Fixtures.write(folder, "i.npy", NpyArray.of(new long[4], 1, 2, 2));
    assertFails(
        spec(NPY, images, null),
        "Cannot read images %s: its values are int64, for which the value of white is unknown (must be"
            + " uint8, uint16, bool or a float type; divide by white's value and save as float32)",
        images);
  }

  @Test
  void noticesImagesAndLabelsThatAreSwapped() {
    assertFails(
        spec(IDX, Fixtures.IDX_LABELS, Fixtures.IDX_IMAGES),
        "Cannot read images %s: it is an array of rank 1, [50]"
            + " (must be N x H x W or N x C x H x W; are images and labels swapped?)",
        Fixtures.IDX_LABELS);
    assertFails(
        spec(IDX, Fixtures.IDX_IMAGES, Fixtures.IDX_IMAGES),
        "Cannot read labels %s: it is an array of rank 3, [50, 28, 28]"
            + " (must be N; are images and labels swapped?)",
        Fixtures.IDX_IMAGES);
  }

  @Test
  void anEmptyArrayHasNoImages() throws IOException {
    String images = Fixtures.idx(folder, "images", 0, 28, 28);
    assertFails(
        spec(IDX, images, Fixtures.IDX_LABELS),
        "Cannot read %s: it is an array of [0, 28, 28], which is empty",
        images);
  }

  @Test
  void aMissingFileIsNamed() {
    assertFails(
        spec(IDX, Fixtures.IDX_IMAGES.replace("50", "60"), Fixtures.IDX_LABELS),
        "Cannot read %s: no such file (did you mean fashion-mnist-50-images-idx3-ubyte.gz?)",
        Fixtures.IDX_IMAGES.replace("50", "60"));
  }

  @Test
  void transformsMustFit() throws IOException {
    String images = Fixtures.idx(folder, "images", 1, 3, 2, 2);
    String labels = Fixtures.idx(folder, "labels", 1);
    assertFails(
        spec(IDX, images, labels, new TransformSpec.Channels(1)),
        "Cannot make 1 channels of images of 3 x 2 x 2: only a single channel is repeated"
            + " (leave the transform out?)");
    assertFails(
        spec(IDX, images, labels, new TransformSpec.Pad(16_384)),
        "Cannot apply Padding[pixels=16384] to images of 3 x 2 x 2: the result has more than"
            + " 2147483647 values");
  }

  private static void assertFails(DatasetSpec spec, String message, Object... values) {
    assertThatThrownBy(() -> Datasets.open(spec, FILES))
        .isInstanceOf(InputException.class)
        .hasMessage(message, values);
  }

  static byte[] unpackedImages() throws IOException {
    byte[] packed = Files.readAllBytes(Path.of(Fixtures.IDX_IMAGES));
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }

  private static float[] scaled(NpyArray bytes) {
    float[] values = bytes.floats();
    for (int i = 0; i < values.length; i++) {
      values[i] /= 255;
    }
    return values;
  }
}
