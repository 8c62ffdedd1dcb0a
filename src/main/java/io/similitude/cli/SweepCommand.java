package io.similitude.cli;

import io.similitude.execution.ErrorMessages;
import io.similitude.execution.HadoopSettings;
import io.similitude.execution.ProcessExit;
import io.similitude.files.FileAccess;
import io.similitude.plan.Trainings;
import io.similitude.stage.SweepRun;
import io.similitude.store.row.FailureRow;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A command on a sweep. It plans the sweep, does its own part, and closes the resources. */
@Command(mixinStandardHelpOptions = true, versionProvider = SimilitudeCommand.Provider.class)
abstract class SweepCommand implements Callable<Integer> {
  @Mixin private SweepOptions options;

  @Override
  public final Integer call() throws IOException {
    Runnable farewell = SweepCommand::sayHowToGoOn;
    ProcessExit.first(farewell);
    try (SweepRun run = open()) {
      return execute(run).code();
    } finally {
      ProcessExit.forget(farewell);
    }
  }

  /** Runs when the process receives a request to end, for example by Ctrl-C. */
  private static void sayHowToGoOn() {
    System.err.println("Interrupted: what is done is kept, and the same command goes on from here");
  }

  private SweepRun open() throws IOException {
    FileAccess files = HadoopSettings.files();
    return SweepRun.open(options.read(files), files, untrained(), options.retriesFailed());
  }

  /** Says how to treat checkpoints that are not trained yet. */
  Trainings.Untrained untrained() {
    return Trainings.Untrained.FAIL;
  }

  /** Lists the failures on standard error, and returns the status with which the command ends. */
  final ExitStatus end(SweepRun run) {
    return end(run, "the rest is done and kept");
  }

  /**
   * Names the failures on standard error, and says how the command ended, with another text for the
   * rest.
   *
   * @param rest the text about everything that did not fail
   */
  final ExitStatus end(SweepRun run, String rest) {
    run.removed().forEach(path -> System.err.println("Removed the damaged file " + path));
    List<FailureRow> failures = run.failures();
    if (failures.isEmpty()) {
      return ExitStatus.DONE;
    }
    List<String> causes = FailureGroups.lines(failures);
    if (causes.size() > 1) {
      causes.forEach(System.err::println);
    }
    List<FailureRow> fresh = run.newFailures();
    boolean asBefore = options.failsOnNewOnly() && fresh.isEmpty();
    FailureRow first = fresh.isEmpty() ? failures.get(0) : fresh.get(0);
    System.err.printf(
        "%s %d failed%s, %s; the first: %s: %s%n",
        asBefore ? "WARN" : "ERROR",
        failures.size(),
        options.failsOnNewOnly() ? " (%d of them new)".formatted(fresh.size()) : "",
        rest,
        first.checkpoint(),
        ErrorMessages.of(first.cause()));
    if (asBefore) {
      return ExitStatus.DONE;
    }
    return run.hasOnlyTemporaryFailures() ? ExitStatus.TEMPORARY_FAILURE : ExitStatus.SOME_FAILED;
  }

  /** Does the work of the command. Its results go to standard output. */
  abstract ExitStatus execute(SweepRun run) throws IOException;
}
