package io.similitude.cli;

import io.similitude.plan.Trainings;
import io.similitude.stage.CompareStage;
import io.similitude.stage.ExtractStage;
import io.similitude.stage.FileCheck;
import io.similitude.stage.FindingsStage;
import io.similitude.stage.ReportStage;
import io.similitude.stage.RunRecord;
import io.similitude.stage.SweepRun;
import io.similitude.stage.TrainStage;
import io.similitude.store.StageName;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs all stages that are not done yet. */
@Command(
    name = RunCommand.NAME,
    description =
        "Everything the spec asks for that does not exist yet: train, extract, compare, find, report.")
final class RunCommand extends SweepCommand {
  static final String NAME = "run";

  /** The stages that run a second time if they found damaged files of the run. */
  private static final List<String> MADE_AGAIN =
      List.of(StageName.EXTRACT, StageName.COMPARE, StageName.FINDINGS);

  @Override
  Trainings.Untrained untrained() {
    return Trainings.Untrained.PLAN;
  }

  @Option(
      names = "--summary",
      paramLabel = "FILE",
      description = "Writes what was done as JSON: counts, failures, seconds, bytes.")
  private String summary;

  @Override
  ExitStatus execute(SweepRun run) throws IOException {
    ExitStatus status = executeStages(run);
    if (summary != null) {
      RunSummary.write(summary, NAME, run, status);
    }
    return status;
  }

  private ExitStatus executeStages(SweepRun run) throws IOException {
    new TrainStage(run).execute();
    ReportStage report = new ReportStage(run);
    do {
      new ExtractStage(run).execute();
      new CompareStage(run).execute();
      if (!run.hasChanged() && new RunRecord(run).isCurrent(NAME)) {
        System.out.println(
            run.failures().isEmpty()
                ? "Nothing to do: all is done already. " + report.location()
                : "Nothing new: what did not fail is done already. " + report.location());
        return end(run);
      }
      if (new FileCheck(run, StageName.COMPARE).execute()) {
        new FindingsStage(run).execute();
      }
    } while (run.dropDamaged(MADE_AGAIN));
    report.execute();
    new RunRecord(run)
        .write(
            NAME,
            List.of(
                StageName.PLAN,
                StageName.TRAIN,
                StageName.EXTRACT,
                StageName.COMPARE,
                StageName.FINDINGS));
    System.out.println(report.location());
    return end(run);
  }
}
