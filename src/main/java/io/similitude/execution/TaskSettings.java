package io.similitude.execution;

import org.apache.spark.SparkConf;

/** The settings for a task in Spark's configuration. */
public final class TaskSettings {
  private TaskSettings() {}

  /** The number of processor cores of a task: {@code spark.task.cpus}. */
  public static int cpus() {
    return new SparkConf().getInt("spark.task.cpus", 1);
  }
}
