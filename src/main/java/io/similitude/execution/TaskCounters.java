package io.similitude.execution;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * The counters that the driver reads while a stage runs.
 *
 * @param steps the steps that were done inside of tasks
 * @param rows the rows that tasks have made
 */
record TaskCounters(
    LongAccumulator done,
    LongAccumulator failed,
    LongAccumulator images,
    LongAccumulator steps,
    LongAccumulator rows)
    implements Serializable {
  static TaskCounters of(SparkContext context) {
    return new TaskCounters(
        context.longAccumulator("done"),
        context.longAccumulator("failed"),
        context.longAccumulator("images"),
        context.longAccumulator("steps"),
        context.longAccumulator("rows"));
  }

  /** How a task on this executor counts. */
  TaskProgress progress() {
    return new TaskProgress() {
      @Override
      public void step() {
        steps.add(1);
      }

      @Override
      public void row() {
        rows.add(1);
      }
    };
  }

  void count(TaskOutcome outcome, Task task) {
    (outcome.isDone() ? done : failed).add(1);
    images.add(outcome.isDone() ? task.images() : 0);
  }
}
