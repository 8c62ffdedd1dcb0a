package io.similitude;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What submit.sh makes of its command line; a script that prints its words stands for Spark. */
final class SubmitTest {
  @TempDir Path temporary;
  private Path home;
  private Path spark;

  @BeforeEach
  void layOutABuiltProjectAndASpark() throws IOException {
    home = Files.createDirectory(temporary.resolve("a home"));
    spark = temporary.resolve("spark");
    Path jars = Files.createDirectories(home.resolve("target/similitude/jars"));
    Files.createFile(home.resolve("target/similitude/similitude.jar"));
    Files.createFile(jars.resolve("natives.jar"));
    Files.createFile(jars.resolve("s3a.jar"));
    Files.copy(Path.of("submit.sh"), home.resolve("submit.sh"));
    Path conf = Files.createDirectories(home.resolve("conf"));
    for (String name : List.of("common", "cluster", "defaults-local", "defaults-yarn")) {
      Files.copy(
          Path.of("conf", "spark-" + name + ".conf"), conf.resolve("spark-" + name + ".conf"));
    }
    Path sparkSubmit = Files.createDirectories(spark.resolve("bin")).resolve("spark-submit");
    Files.writeString(
        sparkSubmit,
        "#!/bin/sh\necho \"$SPARK_SUBMIT_OPTS\" >&2\nprintf '%s\\n' \"$@\"\nexit 75\n");
    Files.setPosixFilePermissions(sparkSubmit, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void runsTheQuickstartOnThisMachineWithoutArguments() throws Exception {
    Result result = submit();

    assertThat(result.words)
        .containsExactly(
            "--master",
            "local[*]",
            "--properties-file",
            settings(result).toString(),
            "--class",
            "io.similitude.cli.Main",
            "--jars",
            jar("natives") + "," + jar("s3a"),
            home + "/target/similitude/similitude.jar",
            "run",
            home + "/jobs/quickstart/sweep.yaml");
    assertThat(result.error)
        .contains("\"-Dlog4j2.configurationFile=" + home + "/conf/log4j2.properties\"");
  }

  @Test
  void runsTheSparkOfTheBuildInOneProcessWithOneClassPath() throws Exception {
    Path classes = home.resolve("target/similitude");
    Result result = submitAlone("run", "s");

    assertThat(result.words)
        .startsWith("-cp", "/spark/jars/*:" + classes + "/similitude.jar:" + classes + "/jars/*")
        .doesNotContain("--jars", "--add-modules=jdk.incubator.vector")
        .endsWith("run", "s");
  }

  @Test
  void sendsItsJarsToTheProcessesOfALocalCluster() throws Exception {

    assertThat(submitAlone("--master", "local-cluster[2,1,1024]", "run", "s").words)
        .startsWith("-cp", "/spark/jars/*")
        .containsSequence("--jars", jar("natives") + "," + jar("s3a"));
  }

  @Test
  void readsClassesFromTheArchiveOfThisJava() throws Exception {
    Path archive = archiveOfFakeJava();
    Files.createFile(archive);
    Files.createFile(archive.resolveSibling("classes-1.jsa"));

    assertThat(submitAlone("run", "s").words).startsWith("-XX:SharedArchiveFile=" + archive);

    assertThat(submitAlone("--master", "local-cluster[1,1,1024]", "run", "s").words.get(0))
        .isEqualTo("-cp");
  }

  /** The fake Java makes no archive, so none is left. */
  @Test
  void makesTheArchiveAgainWhenTheJarsAreNewer() throws Exception {
    Path archive = archiveOfFakeJava();
    Files.createFile(archive);
    Files.setLastModifiedTime(archive, FileTime.fromMillis(0));
    Files.createDirectories(home.resolve("src/main"));
    Files.createDirectories(home.resolve("data-schemas"));
    Files.createFile(home.resolve("pom.xml"));
    String sumOfNothing = "4294967295 0\n";
    Files.writeString(home.resolve("target/similitude/built-from"), sumOfNothing);

    assertThat(submitAlone("run", "s").words.get(0)).isEqualTo("-cp");
    assertThat(archive).doesNotExist();
  }

  private Path archiveOfFakeJava() throws Exception {
    String version = "fake version \"17.0.1\"\n";
    Process sum = new ProcessBuilder("cksum").start();
    sum.getOutputStream().write(version.getBytes(UTF_8));
    sum.getOutputStream().close();
    String key = new String(sum.getInputStream().readAllBytes(), UTF_8).split(" ", -1)[0];
    return home.resolve("target/similitude/classes-" + key + ".jsa");
  }

  /**
   * Runs with a Java that prints its arguments. As Spark's launcher, it prints a command of its own
   * with the arguments of spark-submit.
   */
  private Result submitAlone(String... arguments) throws Exception {
    Path jdk = Files.createDirectories(temporary.resolve("jdk/bin"));
    Path java = jdk.resolve("java");
    Files.createDirectories(home.resolve("target/spark-home/jars"));
    Files.writeString(
        java,
        """
        #!/bin/bash
        if [[ $1 == -version ]]; then echo 'fake version "17.0.1"' >&2; exit; fi
        if [[ " $* " == *" org.apache.spark.launcher.Main "* ]]; then
          while [[ $1 != org.apache.spark.deploy.SparkSubmit ]]; do shift; done
          printf '\\n'
          printf '%s\\0' "$0" --add-modules=jdk.incubator.vector -cp '/spark/jars/*' "$@"
          exit
        fi
        printf '%s\\n' "$@"
        """);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    return submitWith(
        Map.of("SPARK_HOME", "", "JAVA_HOME", temporary.resolve("jdk").toString()), arguments);
  }

  @Test
  void passesTheExitStatusOn() throws Exception {
    assertThat(submit("plan", "sweep.yaml").status).isEqualTo(75);
  }

  @Test
  void splitsTheCommandLineAtTheFirstWordThatIsNoOptionsValue() throws Exception {
    List<String> words =
        submit(
                "--name",
                "run",
                "--supervise",
                "--conf=a=b c",
                "plan",
                "my sweep.yaml",
                "--set",
                "a=b")
            .words;

    assertThat(words).startsWith("--name", "run", "--supervise", "--conf=a=b c", "--master");
    assertThat(words)
        .endsWith(
            home + "/target/similitude/similitude.jar", "plan", "my sweep.yaml", "--set", "a=b");
  }

  @Test
  void leavesAClusterWithoutAFileToItsOwnDefaults() throws Exception {
    assertThat(submit("--master", "yarn", "run", "s").words)
        .startsWith("--master", "yarn", "--load-spark-defaults", "--properties-file");
    assertThat(submit("--conf", "spark.master=yarn", "run", "s").words)
        .startsWith("--conf", "spark.master=yarn", "--load-spark-defaults", "--properties-file");
  }

  @Test
  void putsTheNamedSettingsAfterWhatEveryRunNeeds() throws Exception {
    String named = home + "/conf/spark-defaults-yarn.conf";

    Result result = submit("--master", "yarn", "--properties-file", named, "run", "s");

    assertThat(result.words).doesNotContain(named, "--load-spark-defaults");
    assertThat(properties(settings(result)))
        .containsEntry("spark.yarn.maxAppAttempts", "2")
        .containsEntry("spark.executor.cores", "4")
        .containsEntry("spark.serializer", "org.apache.spark.serializer.JavaSerializer");
  }

  @Test
  void letsTheNamedSettingsWin() throws Exception {
    Path own = temporary.resolve("own.conf");
    Files.writeString(own, "spark.driver.memory 7g\n");

    Result result = submit("--master=local[2]", "--properties-file=" + own, "run", "s");

    assertThat(properties(settings(result)))
        .containsEntry("spark.driver.memory", "7g")
        .doesNotContainKey("spark.executor.cores");
  }

  @Test
  void namesSettingsThatAreNotThere() throws Exception {
    Result result = submit("--properties-file", "nowhere.conf", "run", "s");

    assertThat(result.status).isEqualTo(2);
    assertThat(result.error)
        .isEqualTo("ERROR Cannot read the settings nowhere.conf: there is no such file\n");
  }

  @Test
  void givesEveryLocalMasterTheLocalDefaults() throws Exception {
    Result result = submit("--master=local[1]", "run", "s");

    assertThat(result.words).startsWith("--master=local[1]", "--properties-file");
    assertThat(properties(settings(result))).containsEntry("spark.driver.memory", "4g");
  }

  @Test
  void refusesAnotherJavaInOneLine() throws Exception {
    Path bin = Files.createDirectories(temporary.resolve("java-25/bin"));
    Path java = bin.resolve("java");
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"25.0.1\" 2026-10-20' >&2\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));

    Result result = submitWith(Map.of("JAVA_HOME", bin.getParent().toString()), "run", "s");

    assertThat(result.status).isEqualTo(2);
    assertThat(result.error)
        .isEqualTo(
            "ERROR Cannot run Similitude with Java 25 from %s (install a JDK 17 and set JAVA_HOME to it)\n"
                .formatted(java));
  }

  @Test
  void addsTheUsersJarsToItsOwn() throws Exception {
    assertThat(submit("--jars", "a.jar,b.jar", "--jars=c.jar", "run", "s").words)
        .contains(jar("natives") + "," + jar("s3a") + ",a.jar,b.jar,c.jar");
  }

  @Test
  void leavesHelpAndVersionToTheApplication() throws Exception {
    assertThat(submit("--help").words).endsWith("--help");
    assertThat(submit("--version").words).endsWith("--version");
  }

  @Test
  void namesAnOptionThatMissesItsValue() throws Exception {
    Result result = submit("--master");

    assertThat(result.status).isEqualTo(2);
    assertThat(result.error)
        .isEqualTo("ERROR Cannot read the command line: --master needs a value\n");
  }

  private String jar(String name) {
    return home + "/target/similitude/jars/" + name + ".jar";
  }

  /** The file of settings that Spark is given. */
  private static Path settings(Result result) {
    return Path.of(result.words.get(result.words.indexOf("--properties-file") + 1));
  }

  private static Properties properties(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return properties;
  }

  private Result submit(String... arguments) throws IOException, InterruptedException {
    return submitWith(Map.of(), arguments);
  }

  private Result submitWith(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", home.resolve("submit.sh").toString()));
    command.addAll(List.of(arguments));
    Path error = temporary.resolve("error");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(error.toFile());
    builder.environment().putAll(Map.of("SPARK_HOME", spark.toString(), "SPARK_SUBMIT_OPTS", ""));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Result(output.lines().toList(), Files.readString(error), process.waitFor());
  }

  private record Result(List<String> words, String error, int status) {}
}
