package io.similitude.execution;

import org.apache.spark.sql.SparkSession;

/** Spark for one command. A session that runs already is used, and left running. */
public final class CommandSession implements AutoCloseable {
  private final SparkSession spark;
  private final boolean own;

  private CommandSession(SparkSession spark, boolean own) {
    this.spark = spark;
    this.own = own;
  }

  /** Starts Spark where it does not run yet. */
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
