package io.similitude.cli;

import io.similitude.attack.Attacks;
import io.similitude.files.FileAccess;
import io.similitude.program.architecture.Architectures;
import io.similitude.spec.SweepSpec;
import io.similitude.spec.reader.SweepReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that all commands with a spec have in common. */
final class SweepOptions {
  private static final int MOST_SPEC_BYTES = 16 << 20;

  @Parameters(
      paramLabel = "SPEC",
      description = "The sweep's spec: a YAML file, by path or Hadoop URI.")
  private String location;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Folder for the sweep's folder, instead of the spec's output.")
  private String output;

  @Option(
      names = "--set",
      paramLabel = "KEY.PATH=VALUE",
      description = "Overrides a value of the spec: --set batch=128 --set checkpoints.0.id=a.")
  private List<String> overrides = new ArrayList<>();

  @Option(names = "--verbose", description = "Say more about what is going on.")
  private boolean verbose;

  @Option(
      names = "--fail-on-new",
      description = "End with status 0 where nothing failed but what failed in the run before.")
  private boolean failOnNew;

  @Option(
      names = "--retry-failed",
      description =
          "Try networks again that crashed or did not end in an earlier command on this run.")
  private boolean retryFailed;

  /** Whether what is remembered of networks that crashed or did not end is forgotten. */
  boolean retriesFailed() {
    return retryFailed;
  }

  /** Whether only new failures change the exit status. Known failures do not change it then. */
  public boolean failsOnNewOnly() {
    return failOnNew;
  }

  /** Reads the spec with its overrides. */
  public SweepSpec read(FileAccess files) {
    if (verbose) {
      Configurator.setLevel("io.similitude", Level.DEBUG);
    }
    String text = files.readText(location, MOST_SPEC_BYTES);
    return new SweepReader(Architectures.parameters(), Attacks.parameters(), files::glob)
        .read(location, text, allOverrides());
  }

  /**
   * Returns all overrides. An output path on the command line is relative to the working directory.
   * An output path in the spec is relative to the spec.
   */
  private List<String> allOverrides() {
    List<String> all = new ArrayList<>(overrides);
    if (output != null) {
      all.add("output=\"" + (isUri(output) ? output : localOutput()) + "\"");
    }
    return all;
  }

  private String localOutput() {
    // A plain path would belong to the file system of the spec.
    return (isUri(location) ? "file:" : "") + Path.of(output).toAbsolutePath().normalize();
  }

  private static boolean isUri(String text) {
    return text.matches("[A-Za-z][A-Za-z0-9+.-]+:.*");
  }
}
