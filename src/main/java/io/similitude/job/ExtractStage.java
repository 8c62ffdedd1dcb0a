package io.similitude.job;

import io.similitude.spec.CheckpointSpec;
import io.similitude.spec.SweepSpec;
import io.similitude.store.FailureRow;
import io.similitude.store.RunWriter;
import io.similitude.store.UnitKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Extracts the units that are not done yet, one Spark task each. */
final class ExtractStage {
  static final String NAME = "extract";

  private static final Logger LOG = LoggerFactory.getLogger(ExtractStage.class);

  private final SweepRun run;

  ExtractStage(SweepRun run) {
    this.run = run;
  }

  void execute() throws IOException {
    long start = System.nanoTime();
    List<UnitTask> missing = missing();
    if (missing.isEmpty()) {
      LOG.info("Extract: all {} units are done already", run.plan().units().size());
      return;
    }
    run.markChanged();
    prepare(run.writer());
    LOG.info("Extract: {} of {} units to do", missing.size(), run.plan().units().size());
    record(extract(missing));
    run.time(NAME, System.nanoTime() - start);
  }

  private List<UnitTask> missing() throws IOException {
    Set<UnitKey> done = run.folder().done(run.plan().units());
    SweepSpec spec = run.plan().spec();
    List<UnitTask> missing = new ArrayList<>();
    for (CheckpointPlan checkpoint : run.plan().checkpoints()) {
      CheckpointSpec id = checkpoint.checkpoint();
      CheckpointSource source = new CheckpointSource(id, spec.networkOf(id), checkpoint.sha256());
      for (PlannedUnit planned : checkpoint.units()) {
        if (!done.contains(planned.unit().key())) {
          missing.add(new UnitTask(planned.unit(), source, planned.batch()));
        }
      }
    }
    return missing;
  }

  private void prepare(RunWriter writer) throws IOException {
    writer.clearSuperseded(run.plan().units());
    for (CheckpointPlan checkpoint : run.plan().checkpoints()) {
      writer.writeLayers(
          checkpoint.checkpoint().id(), checkpoint.layersDigest(), checkpoint.layerRows());
    }
  }

  private List<UnitOutcome> extract(List<UnitTask> tasks) throws IOException {
    JavaSparkContext context = run.context();
    context.setJobGroup(NAME, "Extract: %d units".formatted(tasks.size()));
    UnitFunction.Counters counters =
        new UnitFunction.Counters(
            context.sc().longAccumulator("units done"),
            context.sc().longAccumulator("units failed"),
            context.sc().longAccumulator("images"));
    Broadcast<ExtractionJob> job = context.broadcast(job(context));
    // A task a unit: what is lost with an executor is one unit a core.
    JavaRDD<UnitOutcome> outcomes =
        context.parallelize(tasks, tasks.size()).map(new UnitFunction(job, counters));
    try {
      return Progress.ofUnits(tasks.size(), counters).during(outcomes::collect);
    } finally {
      job.unpersist();
      context.clearJobGroup();
    }
  }

  private ExtractionJob job(JavaSparkContext context) throws IOException {
    return new ExtractionJob(
        run.plan().spec(),
        run.files(),
        run.writer(),
        context.getConf().getInt("spark.task.cpus", 1),
        TaskAttempts.of(context));
  }

  private void record(List<UnitOutcome> outcomes) {
    for (UnitOutcome outcome : outcomes) {
      if (!outcome.isDone()) {
        LOG.warn("Cannot extract {}: {}", outcome.unit(), outcome.failure());
        run.fail(FailureRow.of(outcome.unit(), NAME, outcome.failure()), outcome.temporary());
      }
    }
  }
}
