package io.similitude.cli;

import io.similitude.stage.ReportStage;
import io.similitude.stage.SweepRun;
import java.io.IOException;
import picocli.CommandLine.Command;

/** The last stage alone. */
@Command(
    name = ReportStage.NAME,
    description = "Makes the report of what the tables hold: HTML, PNG, CSV.")
final class ReportCommand extends SweepCommand {
  @Override
  ExitStatus execute(SweepRun run) throws IOException {
    ReportStage report = new ReportStage(run);
    report.execute();
    System.out.println(report.location());
    return ExitStatus.DONE;
  }
}
