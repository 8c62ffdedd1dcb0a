package io.similitude.cli;

import io.similitude.stage.ExtractStage;
import io.similitude.stage.SweepRun;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** The first stage alone. */
@Command(
    name = ExtractStage.NAME,
    description =
        "Shows the examples to every checkpoint: Gram matrices, activations, predictions.")
final class ExtractCommand extends SweepCommand {
  @Override
  ExitStatus execute(SweepRun run) throws IOException {
    new ExtractStage(run).execute();
    run.finish(ExtractStage.NAME, List.of("plan", ExtractStage.NAME));
    System.out.println(run.folder().location());
    return run.complain();
  }
}
