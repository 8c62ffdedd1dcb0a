package io.similitude.cli;

import io.similitude.stage.CompareStage;
import io.similitude.stage.RunRecord;
import io.similitude.stage.SweepRun;
import io.similitude.store.StageName;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** Runs only the second stage. */
@Command(
    name = StageName.COMPARE,
    description = "Compares all layers whose Gram matrices are there, pairs that are missing only.")
final class CompareCommand extends SweepCommand {
  @Override
  ExitStatus execute(SweepRun run) throws IOException {
    do {
      new CompareStage(run).execute();
    } while (run.dropDamaged(List.of(StageName.COMPARE)));
    new RunRecord(run).write(StageName.COMPARE, List.of(StageName.PLAN, StageName.COMPARE));
    System.out.println(run.folder().location() + "/similarities");
    return end(run);
  }
}
