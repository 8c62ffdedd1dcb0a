package io.similitude.stage;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.similitude.execution.SparkRunner;
import io.similitude.execution.TaskOutcome;
import io.similitude.extraction.PerturbTask;
import io.similitude.extraction.PerturbWork;
import io.similitude.extraction.UnitTask;
import io.similitude.plan.Perturbing;
import io.similitude.plan.SweepPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The perturbed inputs that are shown to more than one unit. They belong to views that are crafted
 * on one checkpoint, and to views with equal attacks. They are made once. The run keeps them for
 * checkpoints that a later run adds.
 */
final class SharedInputs {
  private final SweepRun run;
  private final UnitTask.Job job;

  SharedInputs(SweepRun run, UnitTask.Job job) {
    this.run = run;
    this.job = job;
  }

  /** The digests of the shared inputs of a plan. */
  static Set<String> digests(SweepPlan plan) {
    Map<String, Long> uses =
        plan.checkpoints().stream()
            .flatMap(checkpoint -> checkpoint.units().stream())
            .flatMap(unit -> unit.crafting().stream())
            .map(Perturbing::digest)
            .collect(groupingBy(identity(), counting()));
    return uses.entrySet().stream()
        .filter(use -> use.getValue() > 1)
        .map(Map.Entry::getKey)
        .collect(toSet());
  }

  /**
   * Makes the missing inputs that these units need. Returns the inputs that could not be made, by
   * digest.
   */
  Map<String, TaskOutcome> make(List<UnitTask> units) {
    Map<String, TaskOutcome> failed = new HashMap<>();
    List<PerturbTask> tasks = new ArrayList<>();
    for (PerturbTask task : missing(units)) {
      run.knownEnd(task, task.crafting().digest())
          .ifPresentOrElse(
              known -> failed.put(task.crafting().digest(), explained(task, known)),
              () -> tasks.add(task));
    }
    if (!tasks.isEmpty()) {
      List<TaskOutcome> outcomes =
          new SparkRunner(run.context(), "craft", "batches of inputs")
              .run(job, tasks, new PerturbWork());
      for (int i = 0; i < tasks.size(); i++) {
        if (!outcomes.get(i).isDone()) {
          failed.put(tasks.get(i).crafting().digest(), explained(tasks.get(i), outcomes.get(i)));
        }
      }
    }
    return failed;
  }

  private List<PerturbTask> missing(List<UnitTask> units) {
    Map<String, PerturbTask> missing = new LinkedHashMap<>();
    for (UnitTask unit : units) {
      if (unit.shared() && !isThere(unit.crafting())) {
        missing.putIfAbsent(
            unit.crafting().digest(), new PerturbTask(unit.crafting(), unit.batch(), unit.limit()));
      }
    }
    return List.copyOf(missing.values());
  }

  private boolean isThere(Perturbing crafting) {
    return run.files().exists(job.folder() + "/" + crafting.file());
  }

  private static TaskOutcome explained(PerturbTask task, TaskOutcome outcome) {
    return outcome.saying("Cannot make the %s: %s".formatted(task.label(), outcome.failure()));
  }
}
