package io.similitude.comparison;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.attack.Attacks;
import io.similitude.cli.TinySweep;
import io.similitude.files.FileAccess;
import io.similitude.plan.SiteBlock;
import io.similitude.plan.SweepPlan;
import io.similitude.plan.SweepPlanner;
import io.similitude.program.architecture.Architectures;
import io.similitude.spec.SweepSpec;
import io.similitude.spec.reader.SweepReader;
import io.similitude.store.Coverage;
import io.similitude.store.Part;
import io.similitude.store.Unit;
import io.similitude.store.row.UnitKey;
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
  /** Of 25 layers each: more than one group of sites. */
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

  /**
   * Golden values: no change of a name in the code may make the units and parts of the runs that
   * people have anew. Whoever changes one on purpose raises FORMAT and says so in the changelog.
   */
  @Test
  void aUnitAndAPartAreWhatTheyAlwaysWere() {
    SweepPlan plan = plan();

    assertThat(plan.units().get(0).digest())
        .isEqualTo("186dd0a0768ef36a9d1802d981f57b92d4caa1663ea4043eb847d0586ced1d71");
    assertThat(parts(plan).get(0).part().digest())
        .isEqualTo("5129a58573664808dabba661cc684ffc13e01ba8034a97f6bbb38ae98767f1cb");
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

    assertThat(parts).hasSize(3);
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
  void aChangedCheckpointTakesThePartsOfItsOwnGroupWithIt() throws IOException {
    Map<Part, Coverage> before = committed(parts(planOfMany()));
    sweep.weights("c00", "wide_resnet_10_1_state_dict_fp16.pth");
    SweepPlan plan = plan();

    ComparisonPlan after = new ComparisonPlanner(plan).plan(keys(plan), before);

    // Parts 0-0, 0-1, 1-1; the checkpoint is in group 0.
    assertThat(after.kept()).hasSize(1);
    assertThat(after.missing()).hasSize(2);
    assertPairsOnce(after, before, plan);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 22, MANY})
  void anAddedCheckpointCostsItsStripWhereverItStands(int place) throws IOException {
    List<String> ids = new ArrayList<>(many());
    Map<Part, Coverage> before = committed(parts(planOfMany()));
    ids.add(place, "added");
    sweep.weights("added", "wide_resnet_10_1_state_dict_fp16.pth");
    sweep.checkpoints(ids.toArray(String[]::new));
    SweepPlan plan = plan();

    ComparisonPlan after = new ComparisonPlanner(plan).plan(keys(plan), before);

    assertThat(after.kept()).hasSameElementsAs(before.keySet());
    assertThat(after.missing().stream().mapToLong(PartTask::pairs).sum())
        .isEqualTo(TinySweep.LAYERS * (TinySweep.LAYERS * MANY + (TinySweep.LAYERS + 1) / 2L));
    assertPairsOnce(after, before, plan);
  }

  @Test
  void severalAddedCheckpointsAreComparedAmongThemselvesInOnePart() throws IOException {
    Map<Part, Coverage> before = committed(parts(planOfMany()));
    List<String> ids = new ArrayList<>(many());
    for (String id : List.of("x", "y", "z")) {
      ids.add(20, id);
      sweep.weights(id, "wide_resnet_10_1_state_dict_fp16.pth");
    }
    sweep.checkpoints(ids.toArray(String[]::new));
    SweepPlan plan = plan();

    ComparisonPlan after = new ComparisonPlanner(plan).plan(keys(plan), before);

    assertThat(after.kept()).hasSameElementsAs(before.keySet());
    assertThat(after.missing()).filteredOn(PartTask::isSymmetric).hasSize(1);
    assertPairsOnce(after, before, plan);
  }

  private static void assertPairsOnce(
      ComparisonPlan after, Map<Part, Coverage> before, SweepPlan plan) {
    List<String> pairs = new ArrayList<>();
    after.kept().forEach(part -> MissingPairsTest.addPairs(before.get(part), pairs));
    after.missing().forEach(part -> MissingPairsTest.addPairs(part.coverage(), pairs));
    int blocks = plan.checkpoints().size();
    assertThat(pairs).hasSize(blocks * (blocks + 1) / 2).doesNotHaveDuplicates();
  }

  private static Map<Part, Coverage> committed(List<PartTask> parts) {
    return parts.stream().collect(toMap(PartTask::part, PartTask::coverage));
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

    List<PartTask> parts = new ComparisonPlanner(plan).plan(done, Map.of()).missing();

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
    for (String id : many()) {
      sweep.weights(id, "wide_resnet_10_1_state_dict.pth");
    }
    sweep.checkpoints(many().toArray(String[]::new));
    return plan(overrides);
  }

  private static List<String> many() {
    return IntStream.range(0, MANY).mapToObj("c%02d"::formatted).toList();
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
