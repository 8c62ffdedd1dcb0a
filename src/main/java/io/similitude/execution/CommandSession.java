package io.similitude.execution;

import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Spark during one command. If a session already runs, it is used and stays open. Spark SQL starts
 * when it is first needed, because many commands do without it.
 */
public final class CommandSession implements AutoCloseable {
  private final SparkContext context;
  private final boolean own;
  private SparkSession sql;

  private CommandSession(SparkContext context, boolean own) {
    this.context = context;
    this.own = own;
  }

  /** Starts Spark if it does not run yet. */
  public static CommandSession open(String name) {
    boolean own = SparkSession.getDefaultSession().isEmpty();
    return new CommandSession(SparkContext.getOrCreate(new SparkConf().setAppName(name)), own);
  }

  public JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(context);
  }

  /** Spark SQL. */
  public SparkSession spark() {
    if (sql == null) {
      sql = SparkSession.builder().sparkContext(context).getOrCreate();
    }
    return sql;
  }

  @Override
  public void close() {
    if (!own) {
      return;
    }
    if (sql != null) {
      sql.stop();
    } else {
      context.stop();
    }
  }
}
