package io.similitude.cli;

import io.similitude.plan.Trainings;
import io.similitude.stage.RunRecord;
import io.similitude.stage.SweepRun;
import io.similitude.stage.TrainStage;
import io.similitude.store.StageName;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** Trains the networks of the sweep and makes their checkpoints. */
@Command(
    name = StageName.TRAIN,
    description = "Trains the networks of the spec's training recipes, from the last epoch on.")
final class TrainCommand extends SweepCommand {
  @Override
  Trainings.Untrained untrained() {
    return Trainings.Untrained.PLAN;
  }

  @Override
  ExitStatus execute(SweepRun run) throws IOException {
    new TrainStage(run).execute();
    new RunRecord(run).write(StageName.TRAIN, List.of(StageName.PLAN, StageName.TRAIN));
    System.out.println(run.folder().location() + "/checkpoints");
    return end(run);
  }
}
