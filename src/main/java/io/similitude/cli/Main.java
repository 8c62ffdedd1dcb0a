package io.similitude.cli;

import io.similitude.execution.ProcessExit;
import picocli.CommandLine;

/** The entry point of the application that spark-submit runs. */
public final class Main {
  private static final int USAGE_WIDTH = 100;

  private Main() {}

  public static void main(String[] arguments) {
    ProcessExit.listen();
    int status = run(arguments);
    // The program exits explicitly even after success, because a thread of a library could keep the
    // driver alive.
    System.exit(status);
  }

  /** Runs a command line and returns its exit status. Its output goes to the standard streams. */
  static int run(String... arguments) {
    return new CommandLine(new SimilitudeCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(USAGE_WIDTH)
        .setParameterExceptionHandler(new ErrorHandler())
        .setExecutionExceptionHandler(new ErrorHandler())
        .execute(arguments);
  }
}
