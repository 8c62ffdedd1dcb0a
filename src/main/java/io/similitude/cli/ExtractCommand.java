package io.similitude.cli;

import io.similitude.stage.ExtractStage;
import io.similitude.stage.RunRecord;
import io.similitude.stage.SweepRun;
import io.similitude.store.StageName;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** Runs only the first stage. */
@Command(
    name = StageName.EXTRACT,
    description =
        "Shows the examples to every checkpoint: Gram matrices, activations, predictions.")
final class ExtractCommand extends SweepCommand {
  @Override
  ExitStatus execute(SweepRun run) throws IOException {
    do {
      new ExtractStage(run).execute();
    } while (run.dropDamaged(List.of(StageName.EXTRACT)));
    new RunRecord(run).write(StageName.EXTRACT, List.of(StageName.PLAN, StageName.EXTRACT));
    System.out.println(run.folder().location());
    return end(run);
  }
}
