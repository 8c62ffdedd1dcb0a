package io.similitude.job;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The second stage alone. */
@Command(
    name = CompareStage.NAME,
    mixinStandardHelpOptions = true,
    versionProvider = Similitude.Provider.class,
    description = "Compares all layers whose Gram matrices are there, pairs that are missing only.")
final class CompareCommand implements Callable<Integer> {
  @Mixin private SweepOptions options;

  @Override
  public Integer call() throws IOException {
    try (SweepRun run = SweepRun.open(options)) {
      new CompareStage(run).execute();
      run.finish(CompareStage.NAME, List.of("plan", CompareStage.NAME));
      System.out.println(run.folder().location() + "/similarities");
      return run.complain().code();
    }
  }
}
