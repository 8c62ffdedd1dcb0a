package io.similitude.job;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.attack.Attacks;
import io.similitude.files.FileAccess;
import io.similitude.program.Architectures;
import io.similitude.spec.SweepReader;
import io.similitude.spec.SweepSpec;
import io.similitude.store.Unit;
import io.similitude.store.UnitKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What identifies units and parts, and how pairs are cut into parts. */
final class PlannersTest {
  /** Of 25 layers each: more than two groups of sites. */
  private static final int MANY = 45;

  @TempDir Path folder;
  private TinySweep sweep;

  @BeforeEach
  void write() throws IOException {
    sweep = TinySweep.in(folder.resolve("sweep"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sweep=renamed",
        "output=elsewhere",
        "seed=7",
        "compare=same-layer",
        "checkpoints.0.tags.made=otherwise",
        "micro-batch=8"
      })
  void whatShapesNoRowChangesNoUnit(String override) {
    assertThat(units(override)).isEqualTo(units());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "batch=16",
        "micro-batch=4",
        "activations=none",
        "layers.features=pooled",
        "layers.types=[Conv2d]",
        "dataset.order=shuffled",
        "dataset.transform=[{pad: 2}, {channels: 3}, {center-crop: 32}]",
        "networks.wrn.classes=11"
      })
  void whatShapesTheRowsChangesAllUnits(String override) {
    assertThat(units(override).values()).doesNotContainAnyElementsOf(units().values());
  }

  @Test
  void moreExamplesLeaveTheBatchesBeforeThem() {
    assertThat(units("dataset.examples=24")).containsAllEntriesOf(units()).hasSize(6);
  }

  @Test
  void otherWeightsChangeTheirOwnUnits() throws IOException {
    Map<UnitKey, String> before = units();
    sweep.weights("half", "wide_resnet_10_1_state_dict_bf16.pth");

    Map<UnitKey, String> after = units();
    before.forEach(
        (unit, digest) ->
            assertThat(after.get(unit).equals(digest))
                .as("%s is the same", unit)
                .isEqualTo(unit.checkpoint().equals("exact")));
  }

  @Test
  void otherLabelsChangeAllUnits() throws IOException {
    Map<UnitKey, String> before = units();
    byte[] labels;
    try (var in = new GZIPInputStream(Files.newInputStream(sweep.path("labels.gz")))) {
      labels = in.readAllBytes();
    }
    labels[labels.length - 1] ^= 1;
    Files.write(sweep.path("labels.gz"), labels);

    assertThat(units().values()).doesNotContainAnyElementsOf(before.values());
  }

  @Test
  void theSameFilesElsewhereAreTheSameUnits() throws IOException {
    Map<UnitKey, String> before = units();
    sweep = TinySweep.in(folder.resolve("elsewhere"));

    assertThat(units()).isEqualTo(before);
  }

  @Test
  void partsCoverEachPairOfSitesOnce() throws IOException {
    SweepPlan plan = planOfMany();
    List<PartTask> parts = parts(plan);

    assertThat(parts).hasSize(6);
    List<Set<String>> pairs = new ArrayList<>();
    for (PartTask part : parts) {
      for (SiteBlock row : part.rows().blocks()) {
        part.columns().blocks().stream()
            .filter(it -> !part.isSymmetric() || row.checkpoint().compareTo(it.checkpoint()) <= 0)
            .forEach(column -> pairs.add(pair(row.checkpoint(), column.checkpoint())));
      }
    }
    assertThat(pairs).hasSize(MANY * (MANY + 1) / 2).doesNotHaveDuplicates();
  }

  @Test
  void withinACheckpointOnlyGroupsThatShareOneAreCompared() throws IOException {
    assertThat(parts(planOfMany("compare=within-checkpoint"))).allMatch(PartTask::isSymmetric);
  }

  @Test
  void aChangedCheckpointMakesThePartsOfItsOwnGroupNew() throws IOException {
    List<PartTask> before = parts(planOfMany());
    sweep.weights("c00", "wide_resnet_10_1_state_dict_fp16.pth");
    List<PartTask> after = parts(plan());

    List<Integer> same =
        IntStream.range(0, before.size())
            .filter(i -> before.get(i).part().equals(after.get(i).part()))
            .boxed()
            .toList();
    // Parts 0-0, 0-1, 0-2, 1-1, 1-2, 2-2; the checkpoint is in group 0.
    assertThat(same).containsExactly(3, 4, 5);
  }

  @Test
  void anotherMeasureOrChoiceOfPairsMakesAllPartsNew() {
    List<PartTask> before = parts(plan());

    assertThat(parts(plan("compare=same-layer")).get(0).part()).isNotEqualTo(before.get(0).part());
    assertThat(parts(plan()).get(0).part()).isEqualTo(before.get(0).part());
  }

  @Test
  void aCheckpointThatMissesABatchIsNotCompared() {
    SweepPlan plan = plan();
    Set<UnitKey> done = keys(plan);
    done.remove(new UnitKey("half", "benign", 1));

    List<PartTask> parts = new ComparisonPlanner(plan).parts(done);

    assertThat(parts).hasSize(1);
    assertThat(parts.get(0).rows().blocks())
        .extracting(SiteBlock::checkpoint)
        .containsExactly("exact");
    assertThat(new ComparisonPlanner(plan).parts(Set.of())).isEmpty();
  }

  private static Set<String> pair(String a, String b) {
    return new HashSet<>(List.of(a, b));
  }

  private SweepPlan planOfMany(String... overrides) throws IOException {
    String[] ids = IntStream.range(0, MANY).mapToObj("c%02d"::formatted).toArray(String[]::new);
    for (String id : ids) {
      sweep.weights(id, "wide_resnet_10_1_state_dict.pth");
    }
    sweep.checkpoints(ids);
    return plan(overrides);
  }

  private static List<PartTask> parts(SweepPlan plan) {
    return new ComparisonPlanner(plan).parts(keys(plan));
  }

  private static Set<UnitKey> keys(SweepPlan plan) {
    return plan.units().stream().map(Unit::key).collect(toSet());
  }

  private Map<UnitKey, String> units(String... overrides) {
    return plan(overrides).units().stream().collect(toMap(Unit::key, Unit::digest));
  }

  private SweepPlan plan(String... overrides) {
    FileAccess files = FileAccess.local();
    String location = sweep.spec().toString();
    SweepSpec spec =
        new SweepReader(Architectures.parameters(), Attacks.parameters(), files::glob)
            .read(location, files.readText(location, 1 << 20), List.of(overrides));
    return new SweepPlanner(spec, files).plan();
  }
}
