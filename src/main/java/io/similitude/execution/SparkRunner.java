package io.similitude.execution;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;

/** Runs a stage's tasks on Spark and shows the progress. The UI of Spark shows the stage's name. */
public final class SparkRunner {
  private final JavaSparkContext context;
  private final String name;
  private final String noun;
  private final boolean isQuiet;

  /**
   * @param name the name of the stage
   * @param noun the name of its tasks, in the plural
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

  /**
   * Returns a runner for a stage that shows its progress itself. This runner reports only the end.
   */
  public SparkRunner quiet() {
    return new SparkRunner(context, name, noun, true);
  }

  /** Runs the tasks. Returns one outcome for each task, in the order of the tasks. */
  public <J, T extends Task> List<TaskOutcome> run(J job, List<T> tasks, TaskBody<J, T> work) {
    context.setJobGroup(name, "%s: %d %s".formatted(name, tasks.size(), noun));
    TaskCounters counters = TaskCounters.of(context.sc());
    Broadcast<J> shared = context.broadcast(job);
    TaskFunction<J, T> function =
        new TaskFunction<>(shared, work, TaskFunction.Settings.of(context), counters);
    // Each task is one Spark task. If an executor is lost, only one task for each core is lost.
    JavaRDD<TaskOutcome> outcomes = context.parallelize(tasks, tasks.size()).map(function);
    RunningTasks steps = follow(counters.steps());
    RunningTasks rows = follow(counters.rows());
    long allSteps = tasks.stream().mapToLong(Task::steps).sum();
    Runnable end = StageMetrics.current().begin(name, counters);
    try {
      Progress progress =
          new Progress(
              noun,
              tasks.size(),
              counters,
              () -> new InnerProgress(steps.value(), allSteps, rows.value()));
      return isQuiet ? progress.after(outcomes::collect) : progress.during(outcomes::collect);
    } finally {
      end.run();
      context.sc().removeSparkListener(steps);
      context.sc().removeSparkListener(rows);
      shared.unpersist();
      context.clearJobGroup();
    }
  }

  private RunningTasks follow(LongAccumulator counter) {
    RunningTasks running = new RunningTasks(counter);
    context.sc().addSparkListener(running);
    return running;
  }
}
