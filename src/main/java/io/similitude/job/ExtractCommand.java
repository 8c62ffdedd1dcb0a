package io.similitude.job;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The first stage alone. */
@Command(
    name = ExtractStage.NAME,
    mixinStandardHelpOptions = true,
    versionProvider = Similitude.Provider.class,
    description =
        "Shows the examples to every checkpoint: Gram matrices, activations, predictions.")
final class ExtractCommand implements Callable<Integer> {
  @Mixin private SweepOptions options;

  @Override
  public Integer call() throws IOException {
    try (SweepRun run = SweepRun.open(options)) {
      new ExtractStage(run).execute();
      run.finish(ExtractStage.NAME, List.of("plan", ExtractStage.NAME));
      System.out.println(run.folder().location());
      return run.complain().code();
    }
  }
}
