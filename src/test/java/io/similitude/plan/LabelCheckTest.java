package io.similitude.plan;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.dataset.Dataset;
import io.similitude.dataset.Datasets;
import io.similitude.dataset.npy.NpyArray;
import io.similitude.files.FileAccess;
import io.similitude.input.InputException;
import io.similitude.spec.DatasetFormat;
import io.similitude.spec.DatasetSource;
import io.similitude.spec.DatasetSpec;
import io.similitude.spec.ExampleOrder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LabelCheckTest {
  @TempDir Path folder;

  @Test
  void aLabelIsAClassOfTheNetwork() throws IOException {
    LabelCheck check = check(Set.of(), 0, 1, 2, 3);

    assertThatCode(() -> check.check(208)).doesNotThrowAnyException();
    assertThatThrownBy(() -> check.check(10))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot show example 2 to a network of 10 classes: its label is 207 (use the labels of"
                + " the network's own data set; or write unchecked: [labels] under dataset if"
                + " accuracies do not matter)");
  }

  @Test
  void onlyExamplesThatAreUsedCount() throws IOException {
    LabelCheck check = check(Set.of(), 0, 1);

    assertThatCode(() -> check.check(10)).doesNotThrowAnyException();
  }

  @Test
  void aSingleOutputIsNoChoiceOfAClass() throws IOException {
    LabelCheck check = check(Set.of(), 0, 1, 2, 3);

    assertThatCode(() -> check.check(1)).doesNotThrowAnyException();
  }

  @Test
  void theSpecMayLeaveTheCheckOut() throws IOException {
    LabelCheck check = check(Set.of(DatasetSpec.Check.LABELS), 0, 1, 2, 3);

    assertThatCode(() -> check.check(10)).doesNotThrowAnyException();
  }

  private LabelCheck check(Set<DatasetSpec.Check> unchecked, long... examples) throws IOException {
    String images = write("images.npy", NpyArray.of(new float[4], 4, 1, 1));
    String labels = write("labels.npy", NpyArray.of(new long[] {0, 9, 207, 3}, 4));
    DatasetSpec spec =
        new DatasetSpec(
            DatasetFormat.NPY,
            new DatasetSource.Arrays(images, Optional.of(labels)),
            0,
            OptionalInt.empty(),
            ExampleOrder.FILE,
            List.of(),
            unchecked);
    Dataset dataset = Datasets.open(spec, FileAccess.local());
    return LabelCheck.of(spec, dataset, examples);
  }

  private String write(String name, NpyArray array) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      array.write(out);
    }
    return file.toString();
  }
}
