package io.similitude.plan;

import io.similitude.dataset.Batches;
import io.similitude.dataset.Dataset;
import io.similitude.dataset.image.ImageShape;
import io.similitude.dataset.imported.Alignment;
import io.similitude.dataset.imported.ImportedRepresentations;
import io.similitude.files.FileAccess;
import io.similitude.input.InputException;
import io.similitude.input.InvalidSpecException;
import io.similitude.spec.ExampleOrder;
import io.similitude.spec.SweepSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Plans a sweep: its units and what identifies each unit. It reads every input once for its digest.
 * It starts no Spark job.
 */
public final class SweepPlanner {
  private final SweepSpec spec;
  private final FileAccess files;
  private final Trainings trainings;
  private final Trainings.Untrained untrained;
  private final RememberedEnds ends;

  /** A planner for a sweep without trainings. */
  public SweepPlanner(SweepSpec spec, FileAccess files) {
    this(spec, files, Trainings.NONE, Trainings.Untrained.FAIL, RememberedEnds.none());
  }

  public SweepPlanner(
      SweepSpec spec,
      FileAccess files,
      Trainings trainings,
      Trainings.Untrained untrained,
      RememberedEnds ends) {
    this.spec = spec;
    this.ends = ends;
    this.files = files;
    this.trainings = trainings;
    this.untrained = untrained;
  }

  /**
   * The plan. A checkpoint whose weights or exported network cannot be read is among its failures.
   *
   * @throws InputException if a data set cannot be opened
   * @throws InvalidSpecException with all errors of the networks and the attacks
   */
  public SweepPlan plan() {
    if (spec.dataset().isEmpty()) {
      return alone();
    }
    List<DataPlanner> planners = planners();
    Dataset shown = planners.get(0).dataset();
    List<LabelCheck> labels = planners.stream().map(DataPlanner::labels).toList();
    CheckpointFinder finder =
        new CheckpointFinder(
            spec,
            files,
            new NetworkPrograms(files, shown, spec, ends),
            labels,
            trainings,
            untrained);
    Map<String, FoundCheckpoint> found =
        spec.checkpoints().isEmpty() ? Map.of() : NetworkPrograms.onDriver(finder::find);
    List<SweepPlan> plans =
        planners.stream().map(planner -> planner.plan(found, finder.failures())).toList();
    SweepPlan plan =
        spec.datasets().size() == 1
            ? plans.get(0)
            : SweepPlan.over(
                spec,
                plans,
                plans.stream().flatMap(it -> it.failures().stream()).distinct().toList());
    return plan.withMisfits(finder.misfits());
  }

  /** One planner for each data set that is shown. All errors are reported together. */
  private List<DataPlanner> planners() {
    List<DataPlanner> planners =
        spec.shown().stream().map(name -> DataPlanner.of(spec.on(name), files)).toList();
    SweepChecks.refuse(
        Stream.concat(
                planners.stream().flatMap(planner -> planner.problems().stream()),
                otherShapes(planners))
            .distinct()
            .toList());
    return planners;
  }

  private Stream<String> otherShapes(List<DataPlanner> planners) {
    ImageShape first = planners.get(0).dataset().shape();
    return planners.stream()
        .filter(it -> !spec.checkpoints().isEmpty() && !it.dataset().shape().equals(first))
        .map(
            it ->
                "Cannot show data sets %s and %s to the same networks: their images are %s and %s (make them alike with transform)"
                    .formatted(planners.get(0).name(), it.name(), first, it.dataset().shape()));
  }

  /**
   * Plans a sweep of imported representations alone. They themselves tell which examples there are.
   */
  private SweepPlan alone() {
    ImportedPlanner elsewhere =
        new ImportedPlanner(spec, new ImportedRepresentations(files, Optional.empty()));
    Alignment alignment = Alignment.withEachOther();
    elsewhere.find(alignment);
    long[] examples =
        alignment
            .examples()
            .orElseThrow(() -> new InputException(elsewhere.failures().get(0).cause()));
    Batches batches =
        Batches.plan(
            examples.length, OptionalInt.empty(), spec.batch(), ExampleOrder.FILE, spec.seed());
    SweepChecks checks = new SweepChecks(spec);
    checks.estimators(batches);
    SweepChecks.refuse(checks.problems());
    List<BatchPlan> planned = BatchPlan.of(spec, batches, place -> examples[(int) place]);
    return DataPlanner.checked(
        new SweepPlan(
            spec,
            Optional.empty(),
            planned,
            batches.leftOut(),
            Optional.empty(),
            List.of(),
            elsewhere.plan(planned),
            elsewhere.failures()));
  }
}
