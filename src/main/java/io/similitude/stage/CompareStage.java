package io.similitude.stage;

import io.similitude.comparison.ActivationJob;
import io.similitude.comparison.ActivationTask;
import io.similitude.comparison.ComparisonCost;
import io.similitude.comparison.ComparisonJob;
import io.similitude.comparison.DataComparison;
import io.similitude.comparison.PartTask;
import io.similitude.comparison.activation.ActivationComparison;
import io.similitude.comparison.gram.GramComparison;
import io.similitude.plan.BatchPlan;
import io.similitude.plan.SweepPlan;
import io.similitude.store.Part;
import io.similitude.store.StageName;
import io.similitude.store.row.FailureRow;
import io.similitude.store.row.UnitKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares all sites whose Gram matrices exist. First it makes each missing part of the table. Then
 * it makes the q-values of the whole table. Each of these is one task. Large tasks run on Spark.
 */
public final class CompareStage {

  private static final String PARTS = "parts";

  private static final Logger LOG = LoggerFactory.getLogger(CompareStage.class);

  private final SweepRun run;

  public CompareStage(SweepRun run) {
    this.run = run;
  }

  public void execute() throws IOException {
    long start = System.nanoTime();
    Set<UnitKey> done = run.folder().listing().done(run.plan().units());
    List<DataComparison> comparisons = new ArrayList<>();
    for (SweepPlan plan : run.plan().byData()) {
      comparisons.add(DataComparison.of(plan, done, run.folder()));
    }
    List<Part> all = all(comparisons);
    if (comparisons.stream().noneMatch(DataComparison::isMissing)
        && run.folder().listing().isComplete(all)) {
      failGiven(comparisons);
      LOG.info("Compare: all {} parts are done already", all.size());
      return;
    }
    run.markChanged();
    FalseDiscoveryStage qValues = FalseDiscoveryStage.of(run, run.folder().listing().present(all));
    run.writer().removeQValues();
    failGiven(comparisons);
    run.writer().upkeep().clearSupersededParts(all);
    compute(comparisons, all, qValues);
    run.time(StageName.COMPARE, System.nanoTime() - start);
  }

  private void failGiven(List<DataComparison> comparisons) {
    comparisons.stream()
        .flatMap(it -> it.plan().givens().missing().stream())
        .distinct()
        .forEach(this::failGiven);
  }

  private void failGiven(String name) {
    String cause =
        "Cannot compare given %s: its Gram matrices are not all there (it is not extracted yet, or has failed itself)"
            .formatted(name);
    run.fail(FailureRow.of(name, StageName.COMPARE, cause), false);
  }

  private ComparisonJob job(DataComparison comparison) throws IOException {
    return new ComparisonJob(
        comparison.plan().givens().measures(),
        comparison.plan().givens().sites(),
        run.plan().spec().compare(),
        run.plan().findingPairs(),
        comparison.data().batches().stream().map(BatchPlan::count).toList(),
        run.folder(),
        run.writer());
  }

  /** All parts that the finished table has. */
  private static List<Part> all(List<DataComparison> comparisons) {
    return comparisons.stream().flatMap(it -> it.parts().stream()).toList();
  }

  private void compute(
      List<DataComparison> comparisons, List<Part> all, FalseDiscoveryStage qValues)
      throws IOException {
    Set<Part> present = run.folder().listing().present(all);
    long missing = comparisons.stream().mapToLong(it -> it.missing(present)).sum();
    LOG.info("Compare: {} of {} parts to do", missing, all.size());
    run.plan().leftOutTexts().forEach(text -> LOG.info("Compare: {}", text));
    for (DataComparison comparison : comparisons) {
      compare(comparison);
      compareAgain(comparison.data(), comparison.missingOfActivations(present));
    }
    qValues.execute(
        comparisons.stream().flatMap(it -> it.plan().all().stream()).toList(),
        comparisons.stream().flatMap(it -> it.partsOfActivations().stream()).toList());
  }

  /** Makes the missing parts from Gram matrices. */
  private void compare(DataComparison comparison) throws IOException {
    List<PartTask> missing = comparison.plan().missing();
    if (missing.isEmpty()) {
      return;
    }
    comparison.planner().warnings().forEach(LOG::warn);
    ComparisonJob job = job(comparison);
    boolean isSmall = ComparisonCost.of(job, missing).isSmall();
    new ComparisonTasks(run).run(PARTS, isSmall, job, missing, GramComparison::run);
  }

  /** Makes the comparisons that stored Gram matrices cannot give. */
  private void compareAgain(SweepPlan data, List<ActivationTask> tasks) throws IOException {
    ActivationJob job =
        new ActivationJob(
            run.plan().spec().compare(),
            run.plan().findingPairs(),
            data.allBatches(),
            run.plan().spec().batch(),
            run.plan().spec().seed(),
            run.folder(),
            run.writer());
    new ComparisonTasks(run)
        .run(
            PARTS,
            false,
            job,
            tasks,
            (shared, task, gpu, progress) ->
                ActivationComparison.run(shared.of(task.estimation()), task, gpu, progress));
  }
}
