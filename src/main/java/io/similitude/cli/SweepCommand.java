package io.similitude.cli;

import io.similitude.stage.SweepRun;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A command on a sweep: plans it, does its own part, and closes what that took. */
@Command(mixinStandardHelpOptions = true, versionProvider = SimilitudeCommand.Provider.class)
abstract class SweepCommand implements Callable<Integer> {
  @Mixin private SweepOptions options;

  @Override
  public final Integer call() throws IOException {
    try (SweepRun run = SweepRun.open(options)) {
      return execute(run).code();
    }
  }

  /** Does what the command is for; what it has to say goes to standard output. */
  abstract ExitStatus execute(SweepRun run) throws IOException;
}
