package io.similitude.store;

import static io.similitude.store.Samples.DIGEST;
import static io.similitude.store.Samples.NEWER;
import static io.similitude.store.Samples.commit;
import static io.similitude.store.Samples.filled;
import static io.similitude.store.Samples.unit;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.store.row.FailureRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same laws where Hadoop does the work, as on HDFS and S3A: on its viewfs, mounted on a folder.
 */
final class HadoopFileSystemTest {
  @TempDir Path folder;
  private RunFolder run;
  private RunWriter writer;

  @BeforeEach
  void start() throws IOException {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.viewfs.mounttable.default.link./bucket", folder.toUri().toString());
    hadoop.setBoolean("fs.viewfs.impl.disable.cache", true);
    run = RunFolder.at("viewfs:///bucket/runs/sweep", hadoop);
    writer = run.startWriting();
  }

  @Test
  void unitsAreCommittedOnceSupersededAndReadBack() throws IOException {
    commit(writer, unit("standard", 0, NEWER));
    writer.upkeep().clearSuperseded(List.of(unit(0), unit(1)));
    commit(writer, unit(0));
    commit(writer, unit(0));
    writer.finish();
    assertThat(run.listing().done(List.of(unit(0), unit(1)))).containsExactly(unit(0).key());
    assertThat(run.storage().list(".").keySet())
        .containsExactly(
            "activations/checkpoint=standard/view=benign/batch-00000.0011223344556677.parquet",
            "grams/checkpoint=standard/view=benign/batch-00000.0011223344556677.parquet",
            "predictions/checkpoint=standard/view=benign/batch-00000.0011223344556677.parquet");
    try (GramReader grams = run.grams(unit(0), List.of(1))) {
      assertThat(grams.next()).isEqualTo(Samples.gram(1));
      assertThat(grams.next()).isNull();
    }
  }

  @Test
  void aTaskOfAnOlderCommandCanNoLongerCommit() throws IOException {
    try (UnitWriter late = filled(writer, unit(0))) {
      late.stage();
      run.startWriting();
      assertThatThrownBy(late::commit)
          .isInstanceOf(IOException.class)
          .hasMessageEndingWith("another command has started to write this run (one at a time)");
    }
    assertThatThrownBy(() -> commit(writer, unit(1)))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("another command has started to write this run (one at a time)");
    assertThat(run.listing().done(List.of(unit(0), unit(1)))).isEmpty();
  }

  @Test
  void filesThatAreReplacedAreThereOnce() throws IOException {
    writer.replaceFailures(List.of(FailureRow.of(unit(0).key(), "extract", "first")));
    writer.replaceFailures(List.of(FailureRow.of(unit(1).key(), "extract", "second")));
    writer.writeFile("report/index.html", "older".getBytes(UTF_8));
    writer.writeFile("report/index.html", "<html>".getBytes(UTF_8));
    writer.writeLayers("standard", DIGEST, Samples.layers());
    writer.finish();
    assertThat(run.layers("standard", DIGEST)).isEqualTo(Samples.layers());
    assertThat(run.storage().list("."))
        .containsEntry("report/index.html", 6L)
        .containsOnlyKeys(
            "failures/failures.parquet",
            "layers/checkpoint=standard/layers.0011223344556677.parquet",
            "report/index.html");
    writer.replaceFailures(List.of());
    assertThat(run.storage().list("failures")).isEmpty();
  }
}
