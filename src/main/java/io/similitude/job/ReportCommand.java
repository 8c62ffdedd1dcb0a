package io.similitude.job;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The last stage alone. */
@Command(
    name = ReportStage.NAME,
    mixinStandardHelpOptions = true,
    versionProvider = Similitude.Provider.class,
    description = "Makes the report of what the tables hold: HTML, PNG, CSV.")
final class ReportCommand implements Callable<Integer> {
  @Mixin private SweepOptions options;

  @Override
  public Integer call() throws IOException {
    try (SweepRun run = SweepRun.open(options)) {
      ReportStage report = new ReportStage(run);
      report.execute();
      System.out.println(report.location());
      return ExitStatus.DONE.code();
    }
  }
}
