package io.similitude.execution;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Runs a stage's tasks on Spark, named in its UI, with progress. */
public final class SparkRunner {
  private final JavaSparkContext context;
  private final String name;
  private final String noun;
  private final boolean isQuiet;

  /**
   * @param name of the stage
   * @param noun what its tasks are called, in the plural
   */
  public SparkRunner(JavaSparkContext context, String name, String noun) {
    this(context, name, noun, false);
  }

  private SparkRunner(JavaSparkContext context, String name, String noun, boolean isQuiet) {
    this.context = context;
    this.name = name;
    this.noun = noun;
    this.isQuiet = isQuiet;
  }

  /** The same for a stage that tells its progress itself: only the end is told here. */
  public SparkRunner quiet() {
    return new SparkRunner(context, name, noun, true);
  }

  /** The outcomes, one a task, in their order. */
  public <J, T extends Task> List<TaskOutcome> run(J job, List<T> tasks, TaskBody<J, T> work) {
    context.setJobGroup(name, "%s: %d %s".formatted(name, tasks.size(), noun));
    TaskCounters counters = TaskCounters.of(context.sc());
    Broadcast<J> shared = context.broadcast(job);
    TaskFunction<J, T> function =
        new TaskFunction<>(shared, work, TaskFunction.Settings.of(context), counters);
    // A Spark task each: what is lost with an executor is one a core.
    JavaRDD<TaskOutcome> outcomes = context.parallelize(tasks, tasks.size()).map(function);
    Runnable end = StageMetrics.current().begin(name, counters);
    try {
      Progress progress = new Progress(noun, tasks.size(), counters);
      return isQuiet ? progress.after(outcomes::collect) : progress.during(outcomes::collect);
    } finally {
      end.run();
      shared.unpersist();
      context.clearJobGroup();
    }
  }
}
