package io.similitude.cli;

import io.similitude.stage.FileCheck;
import io.similitude.stage.ReportStage;
import io.similitude.stage.SweepRun;
import io.similitude.store.StageName;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** Runs only the last stage. */
@Command(
    name = StageName.REPORT,
    description = "Makes the report of what the tables hold: HTML, PNG, CSV.")
final class ReportCommand extends SweepCommand {
  @Override
  ExitStatus execute(SweepRun run) throws IOException {
    ReportStage report = new ReportStage(run);
    boolean isWhole = new FileCheck(run, StageName.REPORT).execute();
    run.dropDamaged(List.of());
    report.execute();
    System.out.println(report.location());
    return isWhole ? ExitStatus.DONE : end(run);
  }
}
