package io.similitude.cli;

import io.similitude.stage.CompareStage;
import io.similitude.stage.SweepRun;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** The second stage alone. */
@Command(
    name = CompareStage.NAME,
    description = "Compares all layers whose Gram matrices are there, pairs that are missing only.")
final class CompareCommand extends SweepCommand {
  @Override
  ExitStatus execute(SweepRun run) throws IOException {
    new CompareStage(run).execute();
    run.finish(CompareStage.NAME, List.of("plan", CompareStage.NAME));
    System.out.println(run.folder().location() + "/similarities");
    return run.complain();
  }
}
