package io.similitude.cli;

import io.similitude.stage.FileCheck;
import io.similitude.stage.FindingsStage;
import io.similitude.stage.RunRecord;
import io.similitude.stage.SweepRun;
import io.similitude.store.StageName;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** Runs only the stage between comparison and report. */
@Command(
    name = StageName.FINDINGS,
    description = "Finds what the similarities say: numbers with errors, tests and decisions.")
final class FindingsCommand extends SweepCommand {
  @Override
  ExitStatus execute(SweepRun run) throws IOException {
    FindingsStage findings = new FindingsStage(run);
    if (new FileCheck(run, StageName.FINDINGS).execute()) {
      findings.execute().forEach(it -> System.out.println(it.text()));
    }
    run.dropDamaged(List.of());
    new RunRecord(run).write(StageName.FINDINGS, List.of(StageName.PLAN, StageName.FINDINGS));
    System.out.println(findings.location());
    return end(run);
  }
}
