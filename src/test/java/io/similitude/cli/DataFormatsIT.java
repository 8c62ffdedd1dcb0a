package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.similitude.SharedSpark;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole sweeps over data sets as they come: CIFAR, folders of images, Parquet. */
final class DataFormatsIT {
  private static final Path DATA =
      Path.of("src/test/resources/io/similitude/dataset").toAbsolutePath();

  @TempDir Path folder;

  @BeforeAll
  static void startSpark() {
    SharedSpark.session();
  }

  @Test
  void cifar10AsItIsDistributed() throws Exception {
    TinySweep binary = run("binary", "{format: cifar10, path: %s, split: train}", "cifar", 5);
    TinySweep pickled =
        run("pickled", "{format: cifar10, path: %s, split: train}", "cifar-python2", 5);

    assertThat(predictions(binary)).hasSize(15);
    assertThat(predictions(pickled)).hasSize(15);
    assertComplete(binary);
    assertComplete(pickled);
  }

  @Test
  void aFolderOfImagesGivesWhatTorchvisionsLoaderGives() throws Exception {
    TinySweep images =
        run(
            "folder",
            "{format: image-folder, path: %s, split: val, transform: [{resize: 36}, {center-crop: 32}]}",
            "image-folder",
            5);
    // What torchvision 0.14 made of the same files; it rounds to bytes after resizing.
    TinySweep arrays =
        run("arrays", "{format: npy, images: %s}", "image-folder-resize-36-crop-32.npy", 5);

    assertComplete(images);
    assertThat(labels(images)).containsExactly("0", "0", "0", "1", "2");
    List<double[]> expected = logits(arrays);
    List<double[]> actual = logits(images);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).containsExactly(expected.get(i), within(0.05));
    }
  }

  @Test
  void parquetWithAnImageColumn() throws Exception {
    TinySweep sweep =
        run(
            "parquet",
            "{format: parquet, path: %s, split: test, transform: [{resize: 32}, {center-crop: 32}]}",
            "parquet",
            5);

    assertComplete(sweep);
    assertThat(labels(sweep)).containsExactly("0", "1", "2", "3", "4");
  }

  /** Runs a sweep of one checkpoint over a data set. */
  private TinySweep run(String name, String dataset, String path, int batch) throws IOException {
    TinySweep sweep = TinySweep.in(folder.resolve(name));
    sweep.checkpoints("exact");
    String spec = Files.readString(sweep.spec());
    Files.writeString(
        sweep.spec(),
        spec.replaceAll(
                "(?s)dataset:.*batch: \\d+", "dataset: " + dataset.formatted(DATA.resolve(path)))
            + "batch: "
            + batch
            + "\n");
    CommandResult result = sweep.command("run");
    assertThat(result.status()).as(result.error()).isZero();
    return sweep;
  }

  private static void assertComplete(TinySweep sweep) throws Exception {
    assertThat(RunContents.rows(sweep.run(), Table.SIMILARITIES))
        .hasSize(TinySweep.LAYERS * (TinySweep.LAYERS + 1) / 2)
        .anyMatch(row -> row.contains("fc"));
    assertThat(sweep.run().resolve("report/index.html")).exists();
    assertThat(sweep.command("run").out()).startsWith("Nothing to do");
  }

  private static List<String> predictions(TinySweep sweep) throws Exception {
    return query(sweep, "predicted");
  }

  private static List<String> labels(TinySweep sweep) throws Exception {
    return query(sweep, "label");
  }

  private static List<double[]> logits(TinySweep sweep) throws Exception {
    return query(sweep, "array_to_string(logits, ' ')").stream()
        .map(text -> Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray())
        .toList();
  }

  private static List<String> query(TinySweep sweep, String column) throws Exception {
    return RunContents.query(
        "select %s::varchar from read_parquet('%s/predictions/**/*.parquet') order by example_id"
            .formatted(column, sweep.run()));
  }
}
