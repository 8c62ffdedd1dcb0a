package io.similitude.execution;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/** The counters that the driver reads while a stage runs. */
record TaskCounters(LongAccumulator done, LongAccumulator failed, LongAccumulator images)
    implements Serializable {
  static TaskCounters of(SparkContext context) {
    return new TaskCounters(
        context.longAccumulator("done"),
        context.longAccumulator("failed"),
        context.longAccumulator("images"));
  }

  void count(TaskOutcome outcome, Task task) {
    (outcome.isDone() ? done : failed).add(1);
    images.add(outcome.isDone() ? task.images() : 0);
  }
}
