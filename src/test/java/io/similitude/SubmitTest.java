package io.similitude;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
            home + "/conf/spark-defaults-local.conf",
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
  void leavesAClusterToItsOwnDefaults() throws Exception {
    assertThat(submit("--master", "yarn", "run", "s").words)
        .startsWith("--master", "yarn", "--class");
    assertThat(submit("--conf", "spark.master=yarn", "run", "s").words)
        .startsWith("--conf", "spark.master=yarn", "--class");
    assertThat(submit("--properties-file", "p.conf", "run", "s").words)
        .startsWith("--properties-file", "p.conf", "--class");
  }

  @Test
  void givesEveryLocalMasterTheLocalDefaults() throws Exception {
    assertThat(submit("--master=local[1]", "run", "s").words)
        .startsWith(
            "--master=local[1]", "--properties-file", home + "/conf/spark-defaults-local.conf");
    assertThat(submit("--conf", "other=1", "--master", "local[2]", "--properties-file", "p").words)
        .startsWith(
            "--conf", "other=1", "--master", "local[2]", "--properties-file", "p", "--class");
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

  private Result submit(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", home.resolve("submit.sh").toString()));
    command.addAll(List.of(arguments));
    Path error = temporary.resolve("error");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(error.toFile());
    builder.environment().putAll(Map.of("SPARK_HOME", spark.toString(), "SPARK_SUBMIT_OPTS", ""));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Result(output.lines().toList(), Files.readString(error), process.waitFor());
  }

  private record Result(List<String> words, String error, int status) {}
}
