package io.similitude;

import org.apache.spark.sql.SparkSession;

/**
 * The one Spark session of the integration tests, started by the first that asks; Spark stops it
 * when the JVM ends. Tests leave its settings as they are.
 */
public final class SharedSpark {
  private static final SparkSession SESSION =
      SparkSession.builder()
          .appName("integration tests")
          .master("local[2]")
          .config("spark.ui.enabled", false)
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.driver.host", "127.0.0.1")
          // The default of 200 is for data that does not fit on one machine.
          .config("spark.sql.shuffle.partitions", 4)
          .getOrCreate();

  static {
    SESSION.sparkContext().setLogLevel("ERROR");
  }

  private SharedSpark() {}

  public static SparkSession session() {
    return SESSION;
  }
}
