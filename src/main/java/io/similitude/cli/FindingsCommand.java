package io.similitude.cli;

import io.similitude.stage.FindingsStage;
import io.similitude.stage.SweepRun;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** The stage between comparison and report alone. */
@Command(
    name = FindingsStage.NAME,
    description = "Finds what the similarities say: numbers with errors, tests and decisions.")
final class FindingsCommand extends SweepCommand {
  @Override
  ExitStatus execute(SweepRun run) throws IOException {
    FindingsStage findings = new FindingsStage(run);
    findings.execute();
    run.finish(FindingsStage.NAME, List.of("plan", FindingsStage.NAME));
    System.out.println(findings.location());
    return run.complain();
  }
}
