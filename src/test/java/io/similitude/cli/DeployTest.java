package io.similitude.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import picocli.CommandLine;

/** What {@code deploy/render.sh} makes, as far as it can be held without a cluster. */
final class DeployTest {
  private static final Path DEPLOY = Path.of("deploy");
  private static final Set<String> COMMANDS =
      new CommandLine(new SimilitudeCommand()).getSubcommands().keySet();

  @TempDir Path folder;

  @BeforeEach
  void render() throws Exception {
    assertThat(run("bash", "deploy/render.sh", "deploy/values.conf", folder.toString())).isZero();
  }

  @Test
  void theApplicationIsOneOfTheOperator() throws IOException {
    Map<String, Object> application = yaml("spark-application.yaml");

    assertThat(application)
        .containsEntry("apiVersion", "sparkoperator.k8s.io/v1beta2")
        .containsEntry("kind", "SparkApplication");
    assertThat(map(application, "metadata")).containsOnlyKeys("name", "namespace");
    assertSpec(map(application, "spec"));
  }

  @Test
  void theScheduledOneForbidsTwoAtOnce() throws IOException {
    Map<String, Object> application = yaml("scheduled-spark-application.yaml");

    assertThat(application).containsEntry("kind", "ScheduledSparkApplication");
    assertThat(map(application, "spec"))
        .containsEntry("concurrencyPolicy", "Forbid")
        .containsEntry("schedule", "30 1 * * *");
    assertSpec(map(map(application, "spec"), "template"));
    assertThat(map(map(application, "spec"), "template"))
        .isEqualTo(map(yaml("spark-application.yaml"), "spec"));
  }

  private static void assertSpec(Map<String, Object> spec) throws IOException {
    assertThat(spec)
        .containsEntry("type", "Java")
        .containsEntry("mode", "cluster")
        .containsEntry("sparkVersion", "4.1.0")
        .containsEntry("mainClass", Main.class.getName())
        .containsKeys("image", "mainApplicationFile", "driver", "executor");
    assertThat(map(spec, "restartPolicy")).containsEntry("type", "OnFailure");
    assertThat(map(map(spec, "driver"), "securityContext")).containsEntry("runAsNonRoot", true);
    assertThat(map(map(spec, "executor"), "securityContext")).containsEntry("runAsNonRoot", true);
    assertThat(map(spec, "executor"))
        .containsKeys("instances", "cores", "memory", "memoryOverhead");
    Map<String, Object> settings = map(spec, "sparkConf");
    Properties common = new Properties();
    try (var reader = Files.newBufferedReader(Path.of("conf/spark-common.conf"))) {
      common.load(reader);
    }
    common.remove("spark.driver.memory");
    assertThat(settings).containsAllEntriesOf(strings(common));
    assertParsed(((List<?>) spec.get("arguments")).stream().map(Object::toString).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"similitude-nightly.service", "similitude-nightly.cron", "similitude_dag.py"})
  void theCommandLinesAreTheApplications(String file) throws IOException {
    String line =
        Files.readAllLines(folder.resolve(file)).stream()
            .filter(it -> it.contains("submit.sh ") && !it.startsWith("#"))
            .findFirst()
            .orElseThrow()
            .replaceAll(".*submit\\.sh ", "")
            .replaceAll("\",?$", "");
    List<String> words = Arrays.asList(line.split(" ", -1));
    int command =
        words.indexOf(words.stream().filter(COMMANDS::contains).findFirst().orElseThrow());

    assertThat(words.subList(0, command)).contains("--master", "--properties-file");
    assertParsed(words.subList(command, words.size()));
  }

  @Test
  void theUnitsOfSystemdBelongTogether() throws IOException {
    assertThat(folder.resolve("similitude-nightly.timer"))
        .content()
        .contains("OnCalendar=*-*-* 01:30:00", "Unit=similitude-nightly.service", "[Install]");
    assertThat(folder.resolve("similitude-nightly.service"))
        .content()
        .contains("[Service]", "Type=oneshot", "RestartPreventExitStatus=1 2 3", "User=similitude");
  }

  @Test
  void nothingIsLeftToFillIn() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        assertThat(file).content().doesNotContainPattern("@[A-Z_0-9]+@");
      }
    }
  }

  @Test
  void aValueThatASystemCouldRunIsRefused() throws Exception {
    Path values = folder.resolve("values.conf");
    Files.writeString(
        values, Files.readString(DEPLOY.resolve("values.conf")) + "\nNAME=a; rm -r b\n");

    assertThat(run("bash", "deploy/render.sh", values.toString(), folder.toString())).isEqualTo(2);
  }

  @Test
  void theImageRunsAsSparksUser() throws IOException {
    List<String> lines = Files.readAllLines(DEPLOY.resolve("Dockerfile"));

    assertThat(lines).anyMatch(line -> line.startsWith("ARG SPARK_IMAGE=apache/spark:4.1"));
    assertThat(lines.stream().filter(line -> line.startsWith("USER")).toList())
        .last()
        .isEqualTo("USER 185");
    for (String line : lines) {
      if (line.startsWith("COPY conf") || line.startsWith("COPY LICENSE")) {
        assertThat(Path.of(line.split(" ", -1)[1])).exists();
      }
    }
  }

  @Test
  void theDagCompiles() throws Exception {
    assumeThat(Files.exists(Path.of("/usr/bin/python3"))).isTrue();

    assertThat(run("python3", "-m", "py_compile", folder.resolve("similitude_dag.py").toString()))
        .isZero();
  }

  private static void assertParsed(List<String> words) {
    assertThatCode(
            () -> new CommandLine(new SimilitudeCommand()).parseArgs(words.toArray(String[]::new)))
        .doesNotThrowAnyException();
  }

  private static int run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    byte[] said = process.getInputStream().readAllBytes();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(new String(said, UTF_8)).isTrue();
    return process.exitValue();
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> yaml(String file) throws IOException {
    Load load = new Load(LoadSettings.builder().build());
    return (Map<String, Object>) load.loadFromString(Files.readString(folder.resolve(file)));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Map<String, Object> in, String key) {
    assertThat(in).containsKey(key);
    return (Map<String, Object>) in.get(key);
  }

  private static Map<String, Object> strings(Properties properties) {
    Map<String, Object> strings = new java.util.TreeMap<>();
    properties.forEach((key, text) -> strings.put(key.toString(), text.toString()));
    return strings;
  }
}
