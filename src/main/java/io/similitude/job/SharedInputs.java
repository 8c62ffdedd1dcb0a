package io.similitude.job;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.similitude.dataset.Datasets;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The perturbed inputs that more than one unit is shown: of views that are crafted on one
 * checkpoint, and of views with equal attacks. They are made once and kept with the run, for the
 * checkpoints that a later run adds.
 */
final class SharedInputs {
  private final SweepRun run;
  private final ExtractionJob job;

  SharedInputs(SweepRun run, ExtractionJob job) {
    this.run = run;
    this.job = job;
  }

  /** The digests of those inputs. */
  static Set<String> digests(SweepPlan plan) {
    Map<String, Long> uses =
        plan.checkpoints().stream()
            .flatMap(checkpoint -> checkpoint.units().stream())
            .flatMap(unit -> unit.crafting().stream())
            .map(Crafting::digest)
            .collect(groupingBy(identity(), counting()));
    return uses.entrySet().stream()
        .filter(use -> use.getValue() > 1)
        .map(Map.Entry::getKey)
        .collect(toSet());
  }

  /** Makes what these units need and is not there; returns what could not be made, by digest. */
  Map<String, Outcome> make(List<UnitTask> units) {
    List<CraftTask> tasks = missing(units);
    Map<String, Outcome> failed = new HashMap<>();
    if (!tasks.isEmpty()) {
      List<Outcome> outcomes =
          new SparkStage(run.context(), "craft", "batches of inputs")
              .run(job, tasks, SharedInputs::craft);
      for (int i = 0; i < tasks.size(); i++) {
        if (!outcomes.get(i).isDone()) {
          failed.put(tasks.get(i).crafting().digest(), explained(tasks.get(i), outcomes.get(i)));
        }
      }
    }
    return failed;
  }

  private static void craft(ExtractionJob job, CraftTask task, Optional<Integer> gpu)
      throws IOException {
    new PerturbedInputs(job, gpu)
        .craftAndKeep(
            task.crafting(),
            Datasets.open(job.spec().dataset(), job.files()).read(task.batch().examples()));
  }

  private List<CraftTask> missing(List<UnitTask> units) {
    Map<String, CraftTask> missing = new LinkedHashMap<>();
    for (UnitTask unit : units) {
      if (unit.shared() && !isThere(unit.crafting())) {
        missing.putIfAbsent(unit.crafting().digest(), new CraftTask(unit.crafting(), unit.batch()));
      }
    }
    return List.copyOf(missing.values());
  }

  private boolean isThere(Crafting crafting) {
    return run.files().exists(job.folder() + "/" + crafting.file());
  }

  private static Outcome explained(CraftTask task, Outcome outcome) {
    return new Outcome(
        "Cannot make the %s: %s".formatted(task.label(), outcome.failure()), outcome.temporary());
  }
}
