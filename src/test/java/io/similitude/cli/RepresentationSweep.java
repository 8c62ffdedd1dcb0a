package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.dataset.npy.NpyArray;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A tiny sweep of one checkpoint, to which representations are added, or which they replace. */
final class RepresentationSweep {
  private final TinySweep sweep;

  private RepresentationSweep(TinySweep sweep) {
    this.sweep = sweep;
  }

  static RepresentationSweep in(Path folder) throws IOException {
    TinySweep sweep = TinySweep.in(folder);
    sweep.checkpoints("exact");
    return new RepresentationSweep(sweep);
  }

  /** A run of two checkpoints over all images, whose activations are there to be read. */
  static TinySweep whole(Path folder) throws IOException {
    TinySweep whole = TinySweep.in(folder);
    assertDone(
        whole.command(
            "run",
            "--set",
            "layers.features=pooled",
            "--set",
            "dataset.examples=" + TinySweep.IMAGES));
    return whole;
  }

  static void assertDone(CommandResult outcome) {
    assertThat(outcome.status()).as(outcome.error()).isZero();
  }

  CommandResult command(String name, String... options) {
    return sweep.command(name, options);
  }

  Path run() {
    return sweep.run();
  }

  Path path(String name) {
    return sweep.path(name);
  }

  void checkpoints(String... ids) throws IOException {
    sweep.checkpoints(ids);
  }

  void weights(String checkpoint, String file) throws IOException {
    sweep.weights(checkpoint, file);
  }

  /** Adds a representation to the spec. */
  void add(String entry, Object argument) throws IOException {
    boolean isFirst = !Files.readString(sweep.spec()).contains("representations:");
    append((isFirst ? "representations:\n" : "") + "  - " + entry.formatted(argument) + "\n");
  }

  /** Adds lines to the spec. */
  void append(String text) throws IOException {
    Files.writeString(sweep.spec(), Files.readString(sweep.spec()) + text);
  }

  /** Makes the spec one of representations alone. */
  void alone(String representations) throws IOException {
    Files.writeString(
        sweep.spec(),
        "sweep: tiny\noutput: %s\nbatch: 8\nrepresentations:\n%s"
            .formatted(sweep.path("runs"), representations));
  }

  void npy(String name, float[] values, int... shape) throws IOException {
    write(name, NpyArray.of(values, shape));
  }

  /** Writes {@link #features}. */
  void npyOfFeatures(String name, int rows, int columns, long seed) throws IOException {
    npy(name, features(rows, columns, seed), rows, columns);
  }

  void write(String name, NpyArray array) throws IOException {
    try (OutputStream out = Files.newOutputStream(sweep.path(name))) {
      array.write(out);
    }
  }

  /** A number of the only row of the similarities that is like this. */
  double number(String column, String where) throws SQLException {
    List<String> found = query("select %s::varchar from rows where %s".formatted(column, where));
    assertThat(found).as(where).hasSize(1);
    return Double.parseDouble(found.get(0));
  }

  /** Asks the similarities, which are called rows. */
  List<String> query(String sql) throws SQLException {
    return RunContents.query(
        "with rows as (select * from read_parquet('%s/similarities/*.parquet')) %s"
            .formatted(sweep.run(), sql));
  }

  /** The files of the units. */
  Map<String, String> units() throws IOException {
    Map<String, String> units = new TreeMap<>(RunContents.files(sweep.run()));
    units.keySet().removeIf(path -> !path.contains("batch-"));
    return units;
  }

  /** Rows share a direction that their example's number gives them. */
  static float[] features(int rows, int columns, long seed) {
    Random random = new Random(seed + columns);
    float[] features = new float[rows * columns];
    for (int i = 0; i < features.length; i++) {
      int row = i / columns;
      features[i] = (float) (random.nextGaussian() + Math.sin(row * 1.7) * (i % columns + 1) / 2);
    }
    return features;
  }
}
