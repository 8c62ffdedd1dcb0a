package io.similitude.execution;

import org.apache.spark.SparkConf;

/** What Spark's configuration says of a task. */
public final class TaskSettings {
  private TaskSettings() {}

  /** The processor cores of a task: {@code spark.task.cpus}. */
  public static int cpus() {
    return new SparkConf().getInt("spark.task.cpus", 1);
  }
}
