package io.similitude.execution;

import org.apache.spark.sql.SparkSession;

/** The Spark session of one command. If a session already runs, it is used and stays open. */
public final class CommandSession implements AutoCloseable {
  private final SparkSession spark;
  private final boolean own;

  private CommandSession(SparkSession spark, boolean own) {
    this.spark = spark;
    this.own = own;
  }

  /** Starts Spark if it does not run yet. */
  public static CommandSession open(String name) {
    boolean own = SparkSession.getDefaultSession().isEmpty();
    return new CommandSession(SparkSession.builder().appName(name).getOrCreate(), own);
  }

  public SparkSession spark() {
    return spark;
  }

  @Override
  public void close() {
    if (own) {
      spark.stop();
    }
  }
}
