package io.similitude;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of {@code conf/}: Spark properties, each with its reason in the line above. */
final class ConfigurationTest {
  static List<Path> defaults() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("conf"))) {
      return files.filter(file -> file.toString().endsWith(".conf")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("defaults")
  void giveAReasonForEveryProperty(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("spark.")) {
        assertThat(lines.get(i - 1)).as("above %s", lines.get(i)).startsWith("# ");
      } else {
        assertThat(lines.get(i)).matches("|#.*");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("defaults")
  void setEveryPropertyOnce(Path file) throws IOException {
    List<String> keys =
        Files.readAllLines(file).stream()
            .filter(line -> line.startsWith("spark."))
            .map(line -> line.replaceFirst("\\s.*", ""))
            .toList();

    assertThat(keys).doesNotHaveDuplicates();
  }

  /** Each file as submit.sh puts it together with what comes before it. */
  @ParameterizedTest
  @ValueSource(strings = {"local", "standalone", "yarn", "kubernetes", "gpu"})
  void agreeOnWhatShapesResults(String name) throws IOException {
    Properties properties = properties(Path.of("conf/spark-common.conf"));
    if (!name.equals("local")) {
      properties.putAll(properties(Path.of("conf/spark-cluster.conf")));
    }
    properties.putAll(properties(Path.of("conf/spark-defaults-" + name + ".conf")));

    assertThat(properties)
        .containsEntry("spark.hadoop.parquet.page.verify-checksum.enabled", "true")
        .containsEntry("spark.serializer", "org.apache.spark.serializer.JavaSerializer")
        .containsEntry("spark.ui.showConsoleProgress", "false");
    assertThat(properties.getProperty("spark.driver.extraJavaOptions"))
        .isEqualTo(properties.getProperty("spark.executor.extraJavaOptions"))
        .contains("-Dai.djl.offline=true", "-Dai.djl.pytorch.graph_optimizer=false");
    assertThat(properties.getProperty("spark.executorEnv.OMP_NUM_THREADS"))
        .isEqualTo(properties.getProperty("spark.task.cpus"));
  }

  /** What all need stands once. */
  @ParameterizedTest
  @ValueSource(strings = {"standalone", "yarn", "kubernetes", "gpu"})
  void repeatNothing(String name) throws IOException {
    Properties before = properties(Path.of("conf/spark-common.conf"));
    before.putAll(properties(Path.of("conf/spark-cluster.conf")));

    Properties own = properties(Path.of("conf/spark-defaults-" + name + ".conf"));

    assertThat(own.entrySet()).doesNotContainAnyElementsOf(before.entrySet());
  }

  private static Properties properties(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return properties;
  }

  /** A rule for a logger that does not exist has no effect, and nobody notices. */
  @ParameterizedTest
  @ValueSource(strings = {"conf/log4j2.properties", "conf/log4j2-json.properties"})
  void nameLoggersThatExist(String file) throws Exception {
    Properties properties = properties(Path.of(file));
    for (String key : properties.stringPropertyNames()) {
      String logger = properties.getProperty(key);
      String lastPart = logger.substring(logger.lastIndexOf('.') + 1);
      if (key.matches("logger\\.\\w+\\.name") && Character.isUpperCase(lastPart.charAt(0))) {
        assertThat(Class.forName(logger, false, getClass().getClassLoader())).as(key).isNotNull();
      }
    }
  }
}
