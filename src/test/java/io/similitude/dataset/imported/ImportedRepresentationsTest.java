package io.similitude.dataset.imported;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.similitude.dataset.DatasetListing;
import io.similitude.dataset.Datasets;
import io.similitude.dataset.Fixtures;
import io.similitude.dataset.npy.NpyArray;
import io.similitude.files.FileAccess;
import io.similitude.input.InputException;
import io.similitude.spec.DatasetFormat;
import io.similitude.spec.DatasetPart;
import io.similitude.spec.DatasetSource;
import io.similitude.spec.DatasetSpec;
import io.similitude.spec.ExampleOrder;
import io.similitude.spec.RepresentationSource;
import io.similitude.spec.RepresentationSpec;
import io.similitude.spec.TransformSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Arrays, pixels and labels; tables of activations are read where they are made, in RunIT's kin.
 */
final class ImportedRepresentationsTest {
  private static final FileAccess FILES = FileAccess.local();

  @TempDir Path folder;

  @Test
  void anArraysRowsAreItsExamples() throws Exception {
    FoundFeatures found = find(npy("x.npy", NpyArray.of(floats(12), 4, 3)), null);

    assertThat(found.name()).isEqualTo("other/benign/out");
    assertThat(found.shape()).containsExactly(3);
    assertThat(found.examples().areCounted()).isTrue();
    assertThat(found.examples().ids()).containsExactly(0, 1, 2, 3);
    assertThat(copy(found.source()).read(new long[] {3, 0, 1}, FILES))
        .isDeepEqualTo(new float[][] {{9, 10, 11}, {0, 1, 2}, {3, 4, 5}});
  }

  @Test
  void featuresMayHaveNoOrSeveralDimensions() throws IOException {
    FoundFeatures several = find(npy("s.npy", NpyArray.of(floats(24), 2, 3, 2, 2)), null);
    FoundFeatures none = find(npy("n.npy", NpyArray.of(floats(3), 3)), null);

    assertThat(several.shape()).containsExactly(3, 2, 2);
    assertThat(several.features()).isEqualTo(12);
    assertThat(several.source().read(new long[] {1}, FILES)[0]).startsWith(12, 13).hasSize(12);
    assertThat(none.shape()).containsExactly(1);
    assertThat(none.source().read(new long[] {2}, FILES)).isDeepEqualTo(new float[][] {{2}});
  }

  @Test
  void featuresMayBeInFortransOrder() {
    String file = Fixtures.path("fortran-4.npy").toString();
    FoundFeatures found = find(file, null);

    assertThat(found.shape()).containsExactly(3, 4, 5);
    float[][] rows = found.source().read(new long[] {1, 0}, FILES);
    assertThat(rows[0]).startsWith(60, 61, 62).endsWith(118, 119).hasSize(60);
    assertThat(rows[1]).startsWith(0, 1, 2, 3, 4, 5).endsWith(58, 59).hasSize(60);
  }

  @Test
  void otherTypesAreStoredInFloat32() throws IOException {
    double third = 1.0 / 3;
    FoundFeatures found = find(npy("d.npy", NpyArray.of(new double[] {third, 1e20}, 2, 1)), null);

    assertThat(found.source().read(new long[] {0, 1}, FILES))
        .isDeepEqualTo(new float[][] {{(float) third}, {1e20f}});
  }

  @Test
  void aLargeMeanIsTakenOffBeforeFloat32() throws IOException {
    double[] values = {1e8 + 0.25, 0.1, 1e8 + 1.5, -0.3, 1e8 - 2, 0.7};
    FoundFeatures found = find(npy("m.npy", NpyArray.of(values, 3, 2)), null);

    assertThat(found.source().read(new long[] {0, 1, 2}, FILES))
        .isDeepEqualTo(new float[][] {{0, 0.1f}, {1.25f, -0.3f}, {-2.25f, 0.7f}});
    assertThat(found.source().rows(new long[] {0}, FILES).at(0, 0)).isEqualTo(1e8 + 0.25);
  }

  @Test
  void numbersBeyondFloat32AreStoredInOtherUnits() throws IOException {
    FoundFeatures tiny = find(npy("t.npy", NpyArray.of(new double[] {1e-50, -3e-50}, 2, 1)), null);
    FoundFeatures huge = find(npy("h.npy", NpyArray.of(new double[] {1e90, -3e90}, 2, 1)), null);

    for (FoundFeatures found : List.of(tiny, huge)) {
      float[][] stored = found.source().read(new long[] {0, 1}, FILES);
      assertThat(stored[0][0]).isBetween(0.1f, 1f);
      assertThat(stored[1][0] / stored[0][0]).isEqualTo(-3, within(1e-6f));
    }
  }

  @Test
  void idsSayWhichExampleARowIs() throws IOException {
    String ids = npy("ids.npy", NpyArray.of(new long[] {7, 5, 9}, 3));
    FoundFeatures found = find(npy("x.npy", NpyArray.of(floats(6), 3, 2)), ids);

    assertThat(found.examples().areCounted()).isFalse();
    assertThat(found.examples().ids()).containsExactly(5, 7, 9);
    assertThat(found.source().read(new long[] {5, 9, 7}, FILES))
        .isDeepEqualTo(new float[][] {{2, 3}, {4, 5}, {0, 1}});
  }

  @Test
  void refusesIdsThatAreNoneOrTwiceTheSame() throws IOException {
    String x = npy("x.npy", NpyArray.of(floats(6), 3, 2));

    assertRefused(
        x,
        npy("few.npy", NpyArray.of(new long[] {7, 5}, 2)),
        "Cannot read example ids %s/few.npy: they are int64 of [2] (must be 3 integers, one for"
            + " each row of %s/x.npy)");
    assertRefused(
        x,
        npy("real.npy", NpyArray.of(floats(3), 3)),
        "Cannot read example ids %s/real.npy: they are float32 of [3] (must be 3 integers, one for"
            + " each row of %s/x.npy)");
    assertRefused(
        x,
        npy("twice.npy", NpyArray.of(new long[] {7, 5, 7}, 3)),
        "Cannot read %s/twice.npy: it has example 7 more than once (each example has one row)");
  }

  @Test
  void refusesAnArrayThatIsEmptyOrNotWhole() throws IOException {
    String x = npy("x.npy", NpyArray.of(floats(6), 3, 2));
    byte[] bytes = Files.readAllBytes(Path.of(x));
    Files.write(folder.resolve("cut.npy"), Arrays.copyOf(bytes, bytes.length - 1));
    Files.write(folder.resolve("long.npy"), Arrays.copyOf(bytes, bytes.length + 1));
    npy("empty.npy", NpyArray.of(new float[0], 0, 2));
    npy("scalar.npy", NpyArray.of(new float[1]));

    assertRefused(
        folder.resolve("cut.npy").toString(),
        null,
        "Cannot read %s/cut.npy: its header promises 24 bytes of values, float32 of [3, 2], and the"
            + " file holds 23 (was it copied or downloaded whole?)");
    assertRefused(
        folder.resolve("long.npy").toString(),
        null,
        "Cannot read %s/long.npy: its header promises 24 bytes of values, float32 of [3, 2], and"
            + " the file holds 25 (was it copied or downloaded whole?)");
    assertRefused(
        folder.resolve("empty.npy").toString(),
        null,
        "Cannot read %s/empty.npy: it is an array of [0, 2] (must be examples x features)");
    assertRefused(
        folder.resolve("scalar.npy").toString(),
        null,
        "Cannot read %s/scalar.npy: it is an array of [] (must be examples x features)");
  }

  @Test
  void everyCutOfAnArrayIsNamed() throws IOException {
    String x = npy("x.npy", NpyArray.of(floats(40), 10, 4));
    byte[] bytes = Files.readAllBytes(Path.of(x));
    for (int cut = 0; cut < 50; cut++) {
      Path file =
          Files.write(folder.resolve("cut.npy"), Arrays.copyOf(bytes, bytes.length * cut / 50));
      assertThatThrownBy(() -> find(file.toString(), null))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("Cannot read " + file + ": ");
    }
  }

  @Test
  void aFileThatHasChangedSinceIsNotRead() throws IOException {
    String x = npy("x.npy", NpyArray.of(floats(6), 3, 2));
    FoundFeatures found = find(x, null);
    npy("x.npy", NpyArray.of(floats(8), 4, 2));

    assertThatThrownBy(() -> found.source().read(new long[] {0}, FILES))
        .hasMessage("Cannot read %s: it has changed since the sweep was planned (run it again)", x);
  }

  @Test
  void theDigestIsOfTheContent() throws IOException {
    String before = find(npy("x.npy", NpyArray.of(floats(6), 3, 2)), null).digest();

    assertThat(find(npy("y.npy", NpyArray.of(floats(6), 3, 2)), null).digest()).isEqualTo(before);
    assertThat(find(npy("x.npy", NpyArray.of(floats(6), 2, 3)), null).digest())
        .isNotEqualTo(before);
  }

  @Test
  void pixelsAreWhatNetworksAreShown() throws Exception {
    DatasetListing listing = listing(true);
    FoundFeatures found =
        new ImportedRepresentations(FILES, Optional.of(listing))
            .find(usual(DatasetPart.PIXELS))
            .get(0);

    assertThat(found.name()).isEqualTo("dataset/benign/pixels");
    assertThat(found.shape()).containsExactly(3, 2, 2);
    float[][] rows = copy(found.source()).read(new long[] {2, 0}, FILES);
    assertThat(rows[0]).containsExactly(8, 9, 10, 11, 8, 9, 10, 11, 8, 9, 10, 11);
    assertThat(rows[1]).startsWith(0, 1, 2, 3).hasSize(12);
  }

  @Test
  void labelsAreOneFeatureAClass() throws Exception {
    FoundFeatures found =
        new ImportedRepresentations(FILES, Optional.of(listing(true)))
            .find(usual(DatasetPart.LABELS), 0, 1, 2)
            .get(0);

    assertThat(found.name()).isEqualTo("dataset/benign/labels");
    assertThat(found.shape()).containsExactly(3);
    assertThat(copy(found.source()).read(new long[] {1, 2, 0}, FILES))
        .isDeepEqualTo(new float[][] {{0, 0, 1}, {1, 0, 0}, {0, 1, 0}});
  }

  @Test
  void withoutLabelsThereAreNone() {
    assertThatThrownBy(
            () ->
                new ImportedRepresentations(FILES, Optional.of(listing(false)))
                    .find(usual(DatasetPart.LABELS), 0))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot use labels as a representation: the data set has none (add labels to it)");
  }

  @Test
  void countedRowsAreAllOfTheDataSetOrItsFirstOnes() throws IOException {
    FoundFeatures four = find(npy("four.npy", NpyArray.of(floats(4), 4)), null);

    Alignment.withDataset(4, OptionalInt.empty(), 0, 3).require(four);
    Alignment.withDataset(9, OptionalInt.of(4), 0, 1, 2, 3).require(four);
    assertThatThrownBy(() -> Alignment.withDataset(9, OptionalInt.of(5), 0).require(four))
        .hasMessage(
            "Cannot align representation other/benign/out from %s/four.npy: it has 4 rows, and the"
                + " data set has 9 examples (must be a row for each, or each of the first 5, in the"
                + " data set's order; example-ids says which rows are which)",
            folder);
    assertThatThrownBy(() -> Alignment.withDataset(9, OptionalInt.empty(), 0).require(four))
        .hasMessageContaining("(must be a row for each, in the data set's order; ");
  }

  @Test
  void namedRowsMustCoverTheExamples() throws IOException {
    String ids = npy("ids.npy", NpyArray.of(new long[] {7, 5, 9}, 3));
    FoundFeatures found = find(npy("x.npy", NpyArray.of(floats(3), 3)), ids);

    Alignment.withDataset(10, OptionalInt.empty(), 9, 5).require(found);
    assertThatThrownBy(() -> Alignment.withDataset(10, OptionalInt.empty(), 9, 6, 5).require(found))
        .hasMessageEndingWith(
            "it has no row of example 6 (all 3 examples that the sweep uses are needed)");
  }

  @Test
  void withoutADataSetAllMustHaveTheSameExamples() throws IOException {
    FoundFeatures first = find(npy("a.npy", NpyArray.of(floats(3), 3)), null);
    FoundFeatures same =
        find(
            npy("b.npy", NpyArray.of(floats(3), 3)),
            npy("i.npy", NpyArray.of(new long[] {2, 0, 1}, 3)));
    FoundFeatures more = find(npy("c.npy", NpyArray.of(floats(4), 4)), null);
    FoundFeatures others =
        find(
            npy("d.npy", NpyArray.of(floats(3), 3)),
            npy("j.npy", NpyArray.of(new long[] {0, 2, 4}, 3)));
    Alignment alignment = Alignment.withEachOther();

    assertThat(alignment.examples()).isEmpty();
    alignment.require(first);
    alignment.require(same);
    assertThat(alignment.examples().orElseThrow()).containsExactly(0, 1, 2);
    assertThatThrownBy(() -> alignment.require(more))
        .hasMessageEndingWith(
            "it has 4 rows, and other/benign/out, the first, has 3 (without a data set all must"
                + " have the same examples)");
    assertThatThrownBy(() -> alignment.require(others))
        .hasMessageEndingWith(
            "it has no row of example 1, which other/benign/out, the first, has (without a data set"
                + " all must have the same examples)");
  }

  private DatasetListing listing(boolean labelled) throws IOException {
    String images = npy("images.npy", NpyArray.of(floats(12), 3, 1, 2, 2));
    String labels = npy("labels.npy", NpyArray.of(new long[] {1, 2, 0}, 3));
    return Datasets.list(
        new DatasetSpec(
            DatasetFormat.NPY,
            new DatasetSource.Arrays(images, labelled ? Optional.of(labels) : Optional.empty()),
            OptionalInt.empty(),
            ExampleOrder.FILE,
            List.of(new TransformSpec.Channels(3))),
        FILES);
  }

  private static RepresentationSpec usual(DatasetPart part) {
    return RepresentationSpec.of(DatasetPart.CHECKPOINT, "benign", part.keyword(), part);
  }

  private void assertRefused(String x, String ids, String message) {
    assertThatThrownBy(() -> find(x, ids))
        .isInstanceOf(InputException.class)
        .hasMessage(message.replace("%s", folder.toString()));
  }

  private static FoundFeatures find(String x, String ids) {
    RepresentationSource source = new RepresentationSource.Npy(x, Optional.ofNullable(ids));
    return new ImportedRepresentations(FILES, Optional.empty())
        .find(RepresentationSpec.of("other", "benign", "out", source))
        .get(0);
  }

  private String npy(String name, NpyArray array) throws IOException {
    return Fixtures.write(folder, name, array);
  }

  private static float[] floats(int count) {
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = i;
    }
    return floats;
  }

  /** As it arrives on an executor. */
  private static FeatureSource copy(FeatureSource source)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(source);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (FeatureSource) in.readObject();
    }
  }
}
