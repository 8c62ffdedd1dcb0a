package io.similitude.cli;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Similitude in a JVM of its own, as spark-submit starts it, that can be killed. */
final class Driver implements AutoCloseable {
  private static final long LIMIT_SECONDS = 900;
  private static final long POLL_MILLIS = 2;

  private final Process process;
  private final Path error;

  private Driver(Process process, Path error) {
    this.process = process;
    this.error = error;
  }

  /**
   * Starts a command.
   *
   * @param folder for what the processes leave beside their results; made if need be
   */
  static Driver start(String master, Path folder, String... arguments) throws IOException {
    // Executors of local-cluster are started from a Spark home, and need no more of it than this.
    Files.createDirectories(folder.resolve("spark-home/jars"));
    Path error = folder.resolve("stderr");
    ProcessBuilder builder =
        new ProcessBuilder(command(master, arguments))
            .redirectOutput(folder.resolve("stdout").toFile())
            .redirectError(error.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "SPARK_HOME", folder.resolve("spark-home").toString(),
                "SPARK_SCALA_VERSION", "2.13",
                "SPARK_LOCAL_IP", "127.0.0.1",
                "OMP_NUM_THREADS", "1"));
    return new Driver(builder.start(), error);
  }

  private static List<String> command(String master, String... arguments) {
    String classPath = classPath();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(
            it -> it.startsWith("--add-") || it.startsWith("-D") || it.startsWith("-XX:+Ignore"))
        .forEach(command::add);
    Collections.addAll(
        command,
        "-Xmx1g",
        "-Dlog4j2.configurationFile=" + Path.of("conf/log4j2.properties").toAbsolutePath(),
        "-Dspark.master=" + master,
        "-Dspark.executor.memory=1g",
        "-Dspark.executor.extraClassPath=" + classPath,
        "-Dspark.executorEnv.OMP_NUM_THREADS=1",
        "-Dspark.ui.enabled=false",
        "-Dspark.sql.shuffle.partitions=4",
        "-cp",
        classPath,
        Main.class.getName());
    Collections.addAll(command, arguments);
    return command;
  }

  /** This JVM's, from wherever an executor is started. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(joining(File.pathSeparator));
  }

  /** Waits until it is so; fails when the process has ended before, or it takes too long. */
  void await(String what, BooleanSupplier moment) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!moment.getAsBoolean()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError("It has never come to this: " + what + "\n" + error());
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Kills the driver; it has no time to clean up. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Kills an executor of local-cluster: the driver starts no other processes. */
  void killAnExecutor() {
    ProcessHandle executor = process.descendants().findFirst().orElseThrow();
    if (!executor.destroyForcibly()) {
      throw new AssertionError("Cannot kill " + executor);
    }
  }

  /** Waits for the end and gives the exit status. */
  int end() throws InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("It does not end\n" + error());
    }
    return process.exitValue();
  }

  String error() {
    try {
      return Files.readString(error);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
