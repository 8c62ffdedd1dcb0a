package io.similitude.cli;

import io.similitude.stage.CompareStage;
import io.similitude.stage.ExtractStage;
import io.similitude.stage.FindingsStage;
import io.similitude.stage.ReportStage;
import io.similitude.stage.SweepRun;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** All stages, as far as they are not done yet. */
@Command(
    name = RunCommand.NAME,
    description =
        "Everything the spec asks for that does not exist yet: extract, compare, find, report.")
final class RunCommand extends SweepCommand {
  static final String NAME = "run";

  @Override
  ExitStatus execute(SweepRun run) throws IOException {
    ReportStage report = new ReportStage(run);
    new ExtractStage(run).execute();
    new CompareStage(run).execute();
    if (!run.hasChanged() && run.isRecorded(NAME)) {
      System.out.println("Nothing to do: all is done already. " + report.location());
      return ExitStatus.DONE;
    }
    new FindingsStage(run).execute();
    report.execute();
    run.finish(NAME, List.of("plan", ExtractStage.NAME, CompareStage.NAME, FindingsStage.NAME));
    System.out.println(report.location());
    return run.complain();
  }
}
