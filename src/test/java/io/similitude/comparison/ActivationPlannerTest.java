package io.similitude.comparison;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.attack.Attacks;
import io.similitude.cli.TinySweep;
import io.similitude.files.FileAccess;
import io.similitude.input.InputException;
import io.similitude.plan.BatchPlan;
import io.similitude.plan.Estimation;
import io.similitude.plan.MemoryBudget;
import io.similitude.plan.StoredLayer;
import io.similitude.plan.SweepPlan;
import io.similitude.plan.SweepPlanner;
import io.similitude.program.architecture.Architectures;
import io.similitude.similarity.table.Site;
import io.similitude.spec.SweepSpec;
import io.similitude.spec.measure.Measure;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.spec.reader.SweepReader;
import io.similitude.store.Unit;
import io.similitude.store.row.UnitKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which measures go through activations again, in which parts, and by which way. */
final class ActivationPlannerTest {
  @TempDir Path folder;
  private TinySweep sweep;

  @BeforeEach
  void write() throws IOException {
    sweep = TinySweep.in(folder.resolve("sweep"));
  }

  @Test
  void whatGramMatricesGiveIsLeftToThem() throws IOException {
    SweepPlan plan =
        plan(
            "layers: {features: pooled}",
            """
            similarities:
              - {metric: cka}
              - {metric: cka, estimator: exact}
              - {metric: rsa, estimator: exact}
              - {metric: angular-cka, estimator: exact}
              - {metric: cka, passes: 3}
              - {metric: rsa, passes: 3}
              - {metric: pwcca}
              - {metric: procrustes}
            """);

    assertThat(plan.estimations().ofGrams())
        .extracting(MeasureSpec::metric)
        .containsExactly(Measure.CKA, Measure.PWCCA, Measure.PROCRUSTES);
    assertThat(plan.estimations().ofActivations())
        .extracting(it -> it.name() + " " + it.measures().size())
        .containsExactly("exact-cka 2", "exact 1", "passes-3 2");
  }

  @Test
  void oneBatchOfAllExamplesIsExactAlready() throws IOException {
    SweepPlan plan = plan("", "similarities: [{metric: cka, estimator: exact}]", "batch=16");

    assertThat(tasks(plan)).isEmpty();
    assertThat(new ComparisonPlanner(plan).parts(keys(plan))).hasSize(1);
  }

  @Test
  void partsCoverEachPairOfSitesOnce() throws IOException {
    // A tile of 16 numbers squared is 2 KB: only measures of all pairs fill a group of 128 MiB.
    SweepPlan plan =
        withExamples(
            plan("layers: {features: pooled}", "similarities: [{metric: rsa, estimator: exact}]"),
            1500);
    List<ActivationTask> tasks = tasks(plan);

    List<Set<Site>> pairs = new ArrayList<>();
    for (ActivationTask task : tasks) {
      WantedPairs wanted =
          new WantedPairs(plan.spec().compare(), plan.findingPairs(), task.rows(), task.columns());
      wanted.forEach((i, j) -> pairs.add(Set.copyOf(List.of(wanted.row(i), wanted.column(j)))));
    }
    int sites = 2 * TinySweep.LAYERS;
    assertThat(tasks).hasSizeGreaterThan(6);
    assertThat(pairs).hasSize(sites * (sites + 1) / 2).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // 8 bytes a pair and batch.
        "[{metric: cka, estimator: exact}]",
        // For each of these 0.5 KB a pair, and twice that where both directions differ.
        "[{metric: rsa, passes: 2}, {metric: pwcca, passes: 2}]"
      })
  void theSumsOfAllPairsOfAPartAreBounded(String similarities) throws IOException {
    SweepPlan plan = plan("layers: {features: pooled}", "similarities: " + similarities);
    List<StoredLayer> narrow = Collections.nCopies(2048, new StoredLayer(0, "narrow", 1));
    Estimation estimation = plan.estimations().ofActivations().get(0);
    MemoryBudget few = new MemoryBudget(withBatches(plan, 2));
    MemoryBudget many = new MemoryBudget(withBatches(plan, 250));
    assertThat(few.fits(narrow.subList(0, 256), estimation)).isTrue();
    assertThat(many.fits(narrow, estimation)).isFalse();
  }

  @Test
  void manyBatchesMakeGroupsSmaller() throws IOException {
    SweepPlan plan =
        plan("layers: {features: pooled}", "similarities: [{metric: cka, estimator: exact}]");
    assertThat(tasks(withBatches(plan, 2))).hasSize(1);
    // 160 KB a pair: 40 sites of the 50, so that each checkpoint is a group.
    assertThat(tasks(withBatches(plan, 20_000))).hasSize(3);
  }

  @Test
  void fewFeaturesGoByCrossCovariancesManyByTiles() throws IOException {
    String exact = "similarities: [{metric: cka, estimator: exact}]";
    SweepPlan few = plan("layers: {features: pooled, include: [fc]}", exact, "dataset.examples=48");
    // Two of 10 features with 48 examples: 2 N p^2 three times, N^2 p twice and N^2 once.
    assertThat(tasks(few).get(0).cost().covariances()).isEqualTo(3 * 2 * 48 * 100.0);
    assertThat(tasks(few).get(0).cost().tiles()).isEqualTo(2 * 48 * 48 * 10 + 48 * 48.0);
    assertThat(tasks(few).get(0).cost().favoursCovariances()).isTrue();

    SweepPlan many = plan("layers: {include: [conv1]}\nactivations: full", exact);
    assertThat(tasks(many).get(0).cost().favoursCovariances()).isFalse();
  }

  @Test
  void featuresThatCannotBeHeldGoByTiles() throws IOException {
    SweepPlan plan =
        plan(
            "layers: {include: [conv1]}\nactivations: full",
            "similarities: [{metric: cka, estimator: exact}]");
    // 16,384 features: 1 GiB at 8,192 examples, and N p^2 is more than N^2 p in any case.
    SweepPlan large = withExamples(plan, 100_000);

    assertThat(tasks(large).get(0).cost().covariances()).isInfinite();
  }

  @Test
  void aTaskTravels() throws Exception {
    String pooled = "layers: {features: pooled}";
    String both = "similarities: [{metric: cka, estimator: exact}, {metric: cka, passes: 2}]";
    for (ActivationTask task : tasks(plan(pooled, both))) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(task);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        assertThat(in.readObject()).isEqualTo(task);
      }
    }
  }

  @Test
  void onlyWantedPairsCost() throws IOException {
    String exact = "similarities: [{metric: cka, estimator: exact}]";
    double all = tasks(plan("layers: {features: pooled}", exact)).get(0).cost().tiles();
    double same =
        tasks(plan("layers: {features: pooled}", exact + "\ncompare: same-layer"))
            .get(0)
            .cost()
            .tiles();

    assertThat(same).isLessThan(all);
  }

  @Test
  void theSeedIsPartOfPassesOnly() throws IOException {
    String pooled = "layers: {features: pooled}";
    String exact = "similarities: [{metric: cka, estimator: exact}]";
    String passes = "similarities: [{metric: cka, passes: 2}]";

    assertThat(tasks(plan(pooled, exact, "seed=7")).get(0).part())
        .isEqualTo(tasks(plan(pooled, exact)).get(0).part());
    assertThat(tasks(plan(pooled, passes, "seed=7")).get(0).part())
        .isNotEqualTo(tasks(plan(pooled, passes)).get(0).part());
  }

  @Test
  void aMatrixOfAllPairsThatIsTooLargeIsRefused() throws IOException {
    SweepPlan plan =
        withExamples(
            plan("layers: {features: pooled}", "similarities: [{metric: rsa, estimator: exact}]"),
            20_000);

    assertThatThrownBy(() -> new MemoryBudget(plan).check())
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot estimate rsa exactly over 20000 examples: a matrix of all pairs of them takes"
                + " 3.0 GiB, at most 1.0 are taken (examples: 11585, or estimator: minibatch)");
  }

  @Test
  void featuresThatAreTooManyAreRefused() throws IOException {
    SweepPlan plan =
        withExamples(
            plan("activations: full", "similarities: [{metric: procrustes, estimator: exact}]"),
            10_000);

    assertThatThrownBy(() -> new MemoryBudget(plan).check())
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot compare layer conv1 of exact by procrustes again: 16384 features of 10000"
                + " examples take 1.2 GiB, at most 1.0 are taken (layers: {features: pooled}, or"
                + " fewer examples)");
  }

  private static SweepPlan withExamples(SweepPlan plan, int examples) {
    return with(
        plan,
        List.of(
            new BatchPlan(0, new long[examples - TinySweep.BATCH]),
            new BatchPlan(1, new long[TinySweep.BATCH])));
  }

  private static SweepPlan withBatches(SweepPlan plan, int batches) {
    return with(
        plan,
        IntStream.range(0, batches)
            .mapToObj(batch -> new BatchPlan(batch, new long[TinySweep.BATCH]))
            .toList());
  }

  private static SweepPlan with(SweepPlan plan, List<BatchPlan> batches) {
    return new SweepPlan(
        plan.spec(),
        plan.dataset(),
        batches,
        0,
        plan.datasetDigest(),
        plan.checkpoints(),
        plan.representations(),
        plan.failures());
  }

  private static List<ActivationTask> tasks(SweepPlan plan) {
    return new ActivationPlanner(plan).tasks(keys(plan));
  }

  private static Set<UnitKey> keys(SweepPlan plan) {
    return plan.units().stream().map(Unit::key).collect(toSet());
  }

  private SweepPlan plan(String settings, String similarities, String... overrides)
      throws IOException {
    sweep.checkpoints("exact", "half");
    Files.writeString(
        sweep.spec(), "%n%s%n%s%n".formatted(settings, similarities), StandardOpenOption.APPEND);
    FileAccess files = FileAccess.local();
    String location = sweep.spec().toString();
    SweepSpec spec =
        new SweepReader(Architectures.parameters(), Attacks.parameters(), files::glob)
            .read(location, files.readText(location, 1 << 20), List.of(overrides));
    return new SweepPlanner(spec, files).plan();
  }
}
