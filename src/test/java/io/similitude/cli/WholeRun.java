package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.SharedSpark;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A sweep that has been run once, and a copy of it for each test. */
abstract class WholeRun {
  static final int SITES = 2 * TinySweep.LAYERS;
  static final int PAIRS = SITES * (SITES + 1) / 2;

  @TempDir static Path once;
  static TinySweep whole;
  static CommandResult outcome;

  @TempDir Path folder;
  TinySweep sweep;

  @BeforeAll
  static void runOnce() throws IOException {
    SharedSpark.session();
    whole = TinySweep.in(once.resolve("sweep"));
    outcome = whole.command("run");
    assertDone(outcome);
  }

  /** A sweep of each test's own, which has been run already. */
  @BeforeEach
  void copy() throws IOException {
    sweep = TinySweep.in(folder.resolve("sweep"));
    TinySweep.copy(whole.path("runs"), sweep.path("runs"));
  }

  static void assertDone(CommandResult outcome) {
    assertThat(outcome.status()).as(outcome.error()).isZero();
  }

  /** How many rows the table of the run has; of q-values the pairs that its rows count. */
  static int rows(Table table) {
    return switch (table) {
      case PREDICTIONS -> 2 * TinySweep.EXAMPLES;
      case LAYERS -> SITES;
      case ACTIVATIONS -> SITES * TinySweep.EXAMPLES;
      case GRAMS -> SITES * TinySweep.EXAMPLES / TinySweep.BATCH;
      case SIMILARITIES, REPLICATES -> PAIRS;
      case Q_VALUES -> PAIRS - SITES;
      case FINDINGS -> 46;
      case NETWORKS -> 1;
      case CURVES -> 66;
      case INFLUENCES -> 0;
      case INPUTS, FAILURES, TRAINING -> 0;
    };
  }

  /** The run's files whose paths contain a text. */
  Map<String, String> tables(String part) throws IOException {
    return kept(RunContents.files(sweep.run()), part);
  }

  /** Without what findings write anew of the same similarities. */
  Map<String, String> stored() throws IOException {
    return filtered(
        tables(".parquet"),
        path -> Stream.of("findings/", "networks/", "curves/").noneMatch(path::startsWith));
  }

  static Map<String, String> kept(Map<String, String> files, String part) {
    return filtered(files, path -> path.contains(part));
  }

  /** The layers of a checkpoint are written with its first unit, again and again. */
  static Map<String, String> units(Map<String, String> files, String part) {
    return filtered(files, path -> path.contains(part) && path.contains("batch-"));
  }

  static Map<String, String> filtered(Map<String, String> files, Predicate<String> keep) {
    Map<String, String> kept = new TreeMap<>(files);
    kept.keySet().removeIf(keep.negate());
    return kept;
  }
}
