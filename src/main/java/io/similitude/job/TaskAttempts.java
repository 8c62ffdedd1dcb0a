package io.similitude.job;

import org.apache.spark.api.java.JavaSparkContext;

/** How often Spark tries a task before the whole job fails. */
final class TaskAttempts {
  private static final int DEFAULT = 4;

  private TaskAttempts() {}

  static int of(JavaSparkContext context) {
    // A plain local master never tries again, whatever the setting says.
    return context.isLocal() ? 1 : context.getConf().getInt("spark.task.maxFailures", DEFAULT);
  }
}
