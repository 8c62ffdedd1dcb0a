package io.similitude.job;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** All stages, as far as they are not done yet. */
@Command(
    name = RunCommand.NAME,
    mixinStandardHelpOptions = true,
    versionProvider = Similitude.Provider.class,
    description = "Everything the spec asks for that does not exist yet: extract, compare, report.")
final class RunCommand implements Callable<Integer> {
  static final String NAME = "run";

  @Mixin private SweepOptions options;

  @Override
  public Integer call() throws IOException {
    try (SweepRun run = SweepRun.open(options)) {
      ReportStage report = new ReportStage(run);
      new ExtractStage(run).execute();
      new CompareStage(run).execute();
      if (!run.hasChanged() && run.isRecorded(NAME)) {
        System.out.println("Nothing to do: all is done already. " + report.location());
        return ExitStatus.DONE.code();
      }
      report.execute();
      run.finish(NAME, List.of("plan", ExtractStage.NAME, CompareStage.NAME));
      System.out.println(report.location());
      return run.complain().code();
    }
  }
}
