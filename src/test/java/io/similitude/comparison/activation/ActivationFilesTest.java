package io.similitude.comparison.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.comparison.ActivationJob;
import io.similitude.comparison.SiteGroup;
import io.similitude.plan.BatchPlan;
import io.similitude.plan.FindingPairs;
import io.similitude.plan.SiteBlock;
import io.similitude.plan.StoredLayer;
import io.similitude.spec.Comparison;
import io.similitude.store.RunFolder;
import io.similitude.store.RunWriter;
import io.similitude.store.Unit;
import io.similitude.store.UnitWriter;
import io.similitude.store.row.Table;
import io.similitude.store.row.UnitKey;
import io.similitude.store.row.UnitRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two batches of two layers. */
final class ActivationFilesTest {
  private static final StoredLayer FIRST = new StoredLayer(0, "first", 2);
  private static final StoredLayer SECOND = new StoredLayer(1, "second", 3);

  @TempDir Path folder;
  private RunFolder run;
  private RunWriter writer;

  @BeforeEach
  void start() throws IOException {
    run = RunFolder.at(folder.toString(), new Configuration());
    writer = run.startWriting();
  }

  @Test
  void allExamplesOfALayerComeInTheOrderOfTheBatches() throws IOException {
    SiteBlock sites = write(new long[] {5, 2}, new long[] {9, 7, 1});

    float[][] all = files(new long[] {5, 2}, new long[] {9, 7, 1}).all(sites, SECOND);

    assertThat(all)
        .isDeepEqualTo(
            new float[][] {{15, 15, 15}, {12, 12, 12}, {19, 19, 19}, {17, 17, 17}, {11, 11, 11}});
  }

  @Test
  void twoBatchesComeSideBySide() throws IOException {
    SiteBlock sites = write(new long[] {5, 2}, new long[] {9, 7, 1});
    List<String> seen = new ArrayList<>();

    files(new long[] {5, 2}, new long[] {9, 7, 1})
        .read(
            new SiteGroup(List.of(sites)),
            0,
            1,
            (site, rows, columns) ->
                seen.add("%d: %.0f, %.0f".formatted(site, rows[1][0], columns[2][1])));

    assertThat(seen).containsExactly("0: 2, 1", "1: 12, 11");
  }

  @Test
  void examplesInAnotherOrderAreNamed() throws IOException {
    SiteBlock sites = write(new long[] {2, 5}, new long[] {9, 7, 1});

    assertThatThrownBy(() -> files(new long[] {5, 2}, new long[] {9, 7, 1}).all(sites, FIRST))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Cannot compare the activations of a/benign/0: they are not of the batch's examples in"
                + " their order (delete them and run again)");
  }

  private ActivationFiles files(long[] first, long[] second) {
    return new ActivationFiles(
        new ActivationJob(
            Comparison.ALL,
            FindingPairs.NONE,
            List.of(new BatchPlan(0, first), new BatchPlan(1, second)),
            3,
            0,
            run,
            writer));
  }

  private SiteBlock write(long[]... batches) throws IOException {
    List<Unit> units = new ArrayList<>();
    for (int batch = 0; batch < batches.length; batch++) {
      Unit unit =
          new Unit(
              new UnitKey("a", "benign", batch),
              "00112233445566778899aabbccddeeff",
              Set.of(Table.ACTIVATIONS));
      write(unit, batches[batch]);
      units.add(unit);
    }
    return SiteBlock.of("a", "benign", List.of(FIRST, SECOND), units, Set.of());
  }

  /** Of example e the first layer makes e, e, the second 10 + e three times. */
  private void write(Unit unit, long[] examples) throws IOException {
    try (UnitWriter out = writer.unit(unit)) {
      for (long e : examples) {
        out.add(new UnitRow.Activation(0, "first", e, new float[] {e, e}));
      }
      for (long e : examples) {
        out.add(new UnitRow.Activation(1, "second", e, new float[] {10 + e, 10 + e, 10 + e}));
      }
      out.commit();
    }
  }
}
