package io.similitude.stage;

import io.similitude.execution.SparkRunner;
import io.similitude.execution.TaskOutcome;
import io.similitude.extraction.ImportExtraction;
import io.similitude.extraction.ImportTask;
import io.similitude.extraction.UnitTask;
import io.similitude.extraction.UnitWork;
import io.similitude.plan.BatchPlan;
import io.similitude.plan.CheckpointPlan;
import io.similitude.plan.Perturbing;
import io.similitude.plan.PlannedSites;
import io.similitude.plan.SweepPlan;
import io.similitude.plan.UnitLimits;
import io.similitude.spec.ViewSpec;
import io.similitude.store.RunWriter;
import io.similitude.store.StageName;
import io.similitude.store.Unit;
import io.similitude.store.row.FailureRow;
import io.similitude.store.row.UnitKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Extracts the units that are not done yet. Each unit is one Spark task. Some perturbed inputs are
 * shown to several units. The stage makes these inputs once, before it extracts.
 */
public final class ExtractStage {

  private static final Logger LOG = LoggerFactory.getLogger(ExtractStage.class);

  private final SweepRun run;

  /** The causes that the log has already named. Each cause is logged once. */
  private final Set<String> told = new HashSet<>();

  public ExtractStage(SweepRun run) {
    this.run = run;
  }

  public void execute() throws IOException {
    long start = System.nanoTime();
    run.forgetEnds();
    Set<UnitKey> done = run.folder().listing().done(run.plan().units());
    clearMisfits();
    Map<SweepPlan, List<UnitTask>> missing = new LinkedHashMap<>();
    run.plan().byData().forEach(plan -> missing.put(plan, withoutKnownEnds(missing(plan, done))));
    List<ImportTask> elsewhere = elsewhere(done);
    int count = missing.values().stream().mapToInt(List::size).sum() + elsewhere.size();
    if (count == 0) {
      writeMissingLayers();
      sayDone(done.size());
      return;
    }
    prepare(run.writer());
    run.plan().notes().forEach(LOG::warn);
    LOG.info("Extract: {} of {} units to do", count, run.plan().units().size());
    run.plan().leftOutTexts().forEach(text -> LOG.info("Extract: {}", text));
    read(elsewhere);
    for (Map.Entry<SweepPlan, List<UnitTask>> ofData : missing.entrySet()) {
      extract(ofData.getKey(), ofData.getValue());
    }
    run.time(StageName.EXTRACT, System.nanoTime() - start);
  }

  private void sayDone(int done) {
    int all = run.plan().units().size();
    if (done == all) {
      LOG.info("Extract: all {} units are done already", all);
    } else {
      LOG.info(
          "Extract: {} of {} units are done already, and the others ended their process in an earlier command",
          done,
          all);
    }
  }

  /**
   * Removes the old units of checkpoints whose new file does not fit. Otherwise the results of the
   * previous file would appear as results of the new file.
   */
  private void clearMisfits() throws IOException {
    List<String> views = run.plan().spec().views().stream().map(ViewSpec::id).toList();
    for (String checkpoint : run.plan().misfits()) {
      run.writer().upkeep().clearUnits(checkpoint, views);
    }
  }

  private void extract(SweepPlan plan, List<UnitTask> missing) throws IOException {
    if (missing.isEmpty()) {
      return;
    }
    UnitTask.Job job =
        new UnitTask.Job(
            plan.spec(),
            plan.dataset().orElseThrow(),
            run.files(),
            run.folder().location(),
            run.writer());
    List<UnitTask> ready = withInputs(job, missing);
    record(ready, extract(job, ready));
  }

  /** Reads the features that another program made. */
  private void read(List<ImportTask> tasks) throws IOException {
    if (tasks.isEmpty()) {
      return;
    }
    ImportTask.Job job = new ImportTask.Job(run.files(), run.writer());
    List<TaskOutcome> outcomes =
        new SparkRunner(run.context(), StageName.EXTRACT, "units of representations")
            .run(
                job,
                tasks,
                (shared, task, gpu, progress) -> new ImportExtraction(shared, task, gpu).run());
    for (int i = 0; i < tasks.size(); i++) {
      record(tasks.get(i).unit(), outcomes.get(i));
    }
  }

  private List<ImportTask> elsewhere(Set<UnitKey> done) {
    return run.plan().representations().stream()
        .flatMap(plan -> plan.units().stream())
        .filter(unit -> !done.contains(unit.unit().key()))
        .map(unit -> ImportTask.of(unit, run.plan().spec()))
        .toList();
  }

  /** The units without those that have crashed or not ended in an earlier command. */
  private List<UnitTask> withoutKnownEnds(List<UnitTask> tasks) {
    List<UnitTask> left = new ArrayList<>();
    for (UnitTask task : tasks) {
      run.knownEnd(task, task.unit().digest())
          .ifPresentOrElse(known -> record(task.unit(), known), () -> left.add(task));
    }
    return left;
  }

  private static List<UnitTask> missing(SweepPlan plan, Set<UnitKey> done) {
    Set<String> shared = SharedInputs.digests(plan);
    UnitLimits limits = new UnitLimits(plan);
    List<UnitTask> missing = new ArrayList<>();
    for (CheckpointPlan checkpoint : plan.checkpoints()) {
      for (BatchPlan.Planned planned : checkpoint.units()) {
        if (!done.contains(planned.unit().key())) {
          Perturbing crafting = planned.crafting().orElse(null);
          boolean isShared = crafting != null && shared.contains(crafting.digest());
          missing.add(
              new UnitTask(
                  planned.unit(),
                  checkpoint.source(),
                  planned.batch(),
                  crafting,
                  isShared,
                  limits.of(checkpoint, planned).orElse(null)));
        }
      }
    }
    return missing;
  }

  /**
   * Writes the layers of a checkpoint again if they were removed although all units of the
   * checkpoint exist.
   */
  private void writeMissingLayers() throws IOException {
    Map<String, String> digests = new LinkedHashMap<>();
    run.plan().sites().forEach(sites -> digests.put(sites.id(), sites.layersDigest()));
    Set<String> missing = run.folder().listing().missingLayers(digests);
    for (PlannedSites sites : run.plan().sites()) {
      if (missing.contains(sites.id())) {
        LOG.info("Extract: the layers of {} are written again", sites.id());
        run.writer().writeLayers(sites.id(), sites.layersDigest(), sites.layerRows());
      }
    }
  }

  private void prepare(RunWriter writer) throws IOException {
    writer.upkeep().clearSuperseded(run.plan().units());
    for (PlannedSites sites : run.plan().sites()) {
      writer.writeLayers(sites.id(), sites.layersDigest(), sites.layerRows());
    }
  }

  /** Makes the shared inputs. If an input cannot be made, the units that need it fail too. */
  private List<UnitTask> withInputs(UnitTask.Job job, List<UnitTask> tasks) {
    SharedInputs inputs = new SharedInputs(run, job);
    Map<String, TaskOutcome> failed = inputs.make(tasks);
    List<UnitTask> ready = new ArrayList<>();
    for (UnitTask task : tasks) {
      TaskOutcome outcome = task.shared() ? failed.get(task.crafting().digest()) : null;
      if (outcome == null) {
        ready.add(task);
      } else {
        record(task.unit(), outcome);
      }
    }
    return ready;
  }

  private List<TaskOutcome> extract(UnitTask.Job job, List<UnitTask> tasks) {
    return tasks.isEmpty()
        ? List.of()
        : new SparkRunner(run.context(), StageName.EXTRACT, "units")
            .run(job, tasks, new UnitWork());
  }

  private void record(List<UnitTask> tasks, List<TaskOutcome> outcomes) {
    for (int i = 0; i < tasks.size(); i++) {
      record(tasks.get(i).unit(), outcomes.get(i));
    }
  }

  private void record(Unit unit, TaskOutcome outcome) {
    if (outcome.isDone()) {
      run.countMade(StageName.EXTRACT);
      run.markChanged();
    } else {
      if (told.add(outcome.failure())) {
        LOG.warn("Cannot extract {}: {}", unit.key(), outcome.failure());
      }
      run.fail(FailureRow.of(unit.key(), StageName.EXTRACT, outcome.failure()), outcome);
    }
  }
}
