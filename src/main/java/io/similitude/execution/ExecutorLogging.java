package io.similitude.execution;

import java.net.URISyntaxException;
import java.net.URL;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.SparkEnv;

/**
 * Gives executors the log configuration of the driver, {@code conf/log4j2.properties}. The file is
 * in the application's jar. An executor gets its jars only after its log has started.
 */
final class ExecutorLogging {
  private static final String OWN_CONFIGURATION = "log4j2.configurationFile";
  private static boolean isConfigured;

  private ExecutorLogging() {}

  /**
   * Configures the log of this process once. It does nothing on the driver. It also does nothing if
   * the user chose a configuration file.
   */
  static synchronized void configure() {
    if (isConfigured) {
      return;
    }
    isConfigured = true;
    SparkEnv process = SparkEnv.get();
    if (process != null && !process.executorId().equals("driver")) {
      configureOwn();
    }
  }

  /** Configures the log in a child process of an executor or a driver. */
  static void configureChild() {
    configureOwn();
  }

  private static void configureOwn() {
    URL configuration = ExecutorLogging.class.getResource("log4j2.properties");
    if (configuration != null && System.getProperty(OWN_CONFIGURATION) == null) {
      try {
        Configurator.reconfigure(configuration.toURI());
      } catch (URISyntaxException e) {
        throw new IllegalStateException("The jar's own address is no address", e);
      }
    }
  }
}
