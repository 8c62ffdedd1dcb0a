package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.junit.jupiter.api.Test;

/** What those see who look at a run from outside, and what they take out of it. */
final class StatusIT extends WholeRun {
  @Test
  void statusTellsUnitsByStateAndTheLastCommands() throws Exception {
    Files.writeString(sweep.weights("half"), "no checkpoint");
    sweep.command("run");

    CommandResult status = CommandResult.of("status", sweep.run().toString(), "--all");

    assertDone(status);
    assertThat(status.out().lines().toList())
        .anyMatch(line -> line.startsWith("tiny in file:"))
        .anyMatch(line -> line.startsWith("units: 2 planned, 2 done, 0 failed, 0 missing; parts"))
        .anyMatch(line -> line.matches("exact +2 +2 +0 +0"))
        .anyMatch(line -> line.contains("half") && line.contains("Cannot"))
        .anyMatch(line -> line.matches("run +20\\S+Z .* compare \\d, extract 4 +0"));
  }

  @Test
  void summaryTellsWhatWasDone() throws Exception {
    Path file = sweep.path("summary.json");
    sweep.weights("added", "wide_resnet_10_1_state_dict_bf16.pth");
    sweep.checkpoints("exact", "half", "added");

    assertDone(sweep.command("run", "--summary", file.toString()));

    JsonNode summary = new ObjectMapper().readTree(file.toFile());
    assertThat(summary.path("exitStatus").asInt(-1)).isZero();
    assertThat(summary.path("units").path("planned").asInt()).isEqualTo(6);
    assertThat(summary.path("units").path("done").asInt()).isEqualTo(6);
    assertThat(summary.path("made").path("extract").asInt()).isEqualTo(2);
    assertThat(summary.path("seconds").path("extract").asDouble()).isPositive();
    assertThat(summary.path("bytes").path("grams").asLong()).isPositive();
    assertThat(summary.path("failures").isEmpty()).isTrue();

    assertDone(sweep.command("run", "--summary", file.toString()));
    assertThat(new ObjectMapper().readTree(file.toFile()).path("made").isEmpty()).isTrue();
  }

  @Test
  void sparksMetricsHaveTheCountsOfTheSweep() {
    var sources =
        scala.jdk.javaapi.CollectionConverters.asJava(
            SparkEnv.get().metricsSystem().getSourcesByName("similitude"));

    assertThat(sources).hasSize(1);
    assertThat(sources.get(0).metricRegistry().getGauges())
        .containsKeys("units_done", "units_failed", "images_a_second", "seconds_extract");
    assertThat((Long) sources.get(0).metricRegistry().getGauges().get("units_done").getValue())
        .isPositive();
  }

  @Test
  void pruneTakesOutWhatTheSpecDoesNotAskForAndKeepsIt() throws Exception {
    Map<String, String> before = tables(".parquet");
    // A table that earlier versions wrote.
    Path former = sweep.run().resolve("moments/checkpoint=half/view=benign/batches.0.parquet");
    Files.createDirectories(former.getParent());
    Files.writeString(former, "moments");
    sweep.checkpoints("exact");
    assertDone(sweep.command("run"));
    Map<String, String> both = tables(".parquet");

    CommandResult dry = CommandResult.of("prune", sweep.run().toString(), "--dry-run");

    assertDone(dry);
    assertThat(dry.out())
        .contains(
            "grams/checkpoint=half/view=benign", "moments/checkpoint=half", "Would be done: ");
    assertThat(tables(".parquet")).isEqualTo(both);

    assertDone(CommandResult.of("prune", sweep.run().toString(), sweep.spec().toString()));

    assertThat(kept(files(), "checkpoint=half").keySet())
        .isNotEmpty()
        .allMatch(path -> path.startsWith("_trash/"));
    assertThat(kept(files(), "checkpoint=exact").keySet())
        .containsAll(kept(before, "checkpoint=exact").keySet());
    assertThat(sweep.command("run").out()).startsWith("Nothing to do");
    assertDone(CommandResult.of("prune", sweep.run().toString(), "--keep-hours", "0"));
    assertThat(kept(files(), "_trash/")).isEmpty();
  }

  @Test
  void pruneDropsNothingWhereACheckpointCannotBePlanned() throws Exception {
    Files.writeString(sweep.weights("half"), "no checkpoint");
    Map<String, String> before = tables(".parquet");

    CommandResult pruned =
        CommandResult.of("prune", sweep.run().toString(), sweep.spec().toString());

    assertThat(pruned.status()).isEqualTo(ExitStatus.INVALID_INPUT.code());
    assertThat(pruned.lastLine()).contains("Cannot prune", "1 of its checkpoints", "half");
    assertThat(tables(".parquet")).isEqualTo(before);
  }

  @Test
  void pruneMergesTheStripsOfASweepThatGrew() throws Exception {
    for (String id : List.of("c", "d")) {
      sweep.weights(id, "wide_resnet_10_1_state_dict_bf16.pth");
    }
    sweep.checkpoints("exact", "half", "c");
    assertDone(sweep.command("run"));
    sweep.checkpoints("exact", "half", "c", "d");
    assertDone(sweep.command("run"));
    List<String> rows =
        RunContents.rows(sweep.run(), Table.SIMILARITIES).stream().sorted().toList();
    List<String> replicates =
        RunContents.rows(sweep.run(), Table.REPLICATES).stream().sorted().toList();
    assertThat(kept(files(), "similarities/part")).hasSize(5);

    CommandResult pruned = CommandResult.of("prune", sweep.run().toString());

    assertDone(pruned);
    assertThat(pruned.out()).contains("5 parts of the similarities into 1");
    assertThat(files().keySet()).filteredOn(it -> it.startsWith("similarities/part")).hasSize(1);
    assertThat(RunContents.rows(sweep.run(), Table.SIMILARITIES).stream().sorted().toList())
        .isEqualTo(rows);
    assertThat(RunContents.rows(sweep.run(), Table.REPLICATES).stream().sorted().toList())
        .isEqualTo(replicates);
    assertDone(CommandResult.of("verify", sweep.run().toString()));
    assertThat(sweep.command("run").out()).startsWith("Nothing to do");
  }

  /** All files of the run, hidden ones too. */
  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(sweep.run())) {
      tree.filter(Files::isRegularFile)
          .forEach(it -> files.put(sweep.run().relativize(it).toString(), ""));
    }
    return files;
  }
}
