package io.similitude.job;

import static java.util.stream.Collectors.toSet;

import io.similitude.store.FailureRow;
import io.similitude.store.Part;
import io.similitude.store.UnitKey;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares all sites whose Gram matrices are there, one Spark task for each missing part. */
final class CompareStage {
  static final String NAME = "compare";

  private static final Logger LOG = LoggerFactory.getLogger(CompareStage.class);

  private final SweepRun run;

  CompareStage(SweepRun run) {
    this.run = run;
  }

  void execute() throws IOException {
    long start = System.nanoTime();
    List<PartTask> all = new ComparisonPlanner(run.plan()).parts(extracted());
    List<PartTask> missing = missing(all);
    if (missing.isEmpty()) {
      LOG.info("Compare: all {} parts are done already", all.size());
      return;
    }
    run.markChanged();
    run.writer().clearSupersededParts(all.stream().map(PartTask::part).toList());
    LOG.info("Compare: {} of {} parts to do", missing.size(), all.size());
    record(compare(missing));
    run.time(NAME, System.nanoTime() - start);
  }

  private Set<UnitKey> extracted() throws IOException {
    return run.folder().done(run.plan().units());
  }

  private List<PartTask> missing(List<PartTask> all) throws IOException {
    Set<Part> present = run.folder().present(all.stream().map(PartTask::part).collect(toSet()));
    return all.stream().filter(task -> !present.contains(task.part())).toList();
  }

  private List<PartOutcome> compare(List<PartTask> tasks) throws IOException {
    JavaSparkContext context = run.context();
    context.setJobGroup(NAME, "Compare: %d parts".formatted(tasks.size()));
    LongAccumulator done = context.sc().longAccumulator("parts done");
    Broadcast<ComparisonJob> job = context.broadcast(job(context));
    JavaRDD<PartOutcome> outcomes =
        context.parallelize(tasks, tasks.size()).map(new PartFunction(job, done));
    try {
      return Progress.ofParts(tasks.size(), done).during(outcomes::collect);
    } finally {
      job.unpersist();
      context.clearJobGroup();
    }
  }

  private ComparisonJob job(JavaSparkContext context) throws IOException {
    return new ComparisonJob(
        run.plan().spec().similarities(),
        run.plan().spec().compare(),
        run.plan().batches().stream().map(BatchPlan::count).toList(),
        run.folder(),
        run.writer(),
        context.getConf().getInt("spark.task.cpus", 1),
        TaskAttempts.of(context));
  }

  private void record(List<PartOutcome> outcomes) {
    for (PartOutcome outcome : outcomes) {
      if (!outcome.isDone()) {
        LOG.warn("Cannot compare {}: {}", outcome.what(), outcome.failure());
        run.fail(
            new FailureRow(outcome.what(), null, null, NAME, outcome.failure()),
            outcome.temporary());
      }
    }
  }
}
