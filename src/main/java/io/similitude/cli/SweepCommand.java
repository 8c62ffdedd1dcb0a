package io.similitude.cli;

import io.similitude.execution.HadoopSettings;
import io.similitude.files.FileAccess;
import io.similitude.plan.Trainings;
import io.similitude.stage.SweepRun;
import io.similitude.store.FailureRow;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A command on a sweep: plans it, does its own part, and closes what that took. */
@Command(mixinStandardHelpOptions = true, versionProvider = SimilitudeCommand.Provider.class)
abstract class SweepCommand implements Callable<Integer> {
  @Mixin private SweepOptions options;

  @Override
  public final Integer call() throws IOException {
    try (SweepRun run = open()) {
      return execute(run).code();
    }
  }

  private SweepRun open() throws IOException {
    FileAccess files = HadoopSettings.files();
    return SweepRun.open(options.read(files), files, untrained());
  }

  /** What becomes of checkpoints that are not trained yet. */
  Trainings.Untrained untrained() {
    return Trainings.Untrained.FAIL;
  }

  /** Names on standard error what failed, and says how the command ended. */
  static ExitStatus end(SweepRun run) {
    List<FailureRow> failures = run.failures();
    if (failures.isEmpty()) {
      return ExitStatus.DONE;
    }
    List<String> causes = FailureGroups.lines(failures);
    if (causes.size() > 1) {
      causes.forEach(System.err::println);
    }
    System.err.printf(
        "ERROR %d failed, the rest is done and kept; the first: %s: %s%n",
        failures.size(), failures.get(0).checkpoint(), failures.get(0).cause());
    return run.hasOnlyTemporaryFailures() ? ExitStatus.TEMPORARY_FAILURE : ExitStatus.SOME_FAILED;
  }

  /** Does what the command is for; what it has to say goes to standard output. */
  abstract ExitStatus execute(SweepRun run) throws IOException;
}
