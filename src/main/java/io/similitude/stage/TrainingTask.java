package io.similitude.stage;

import io.similitude.execution.Task;
import io.similitude.plan.PlannedTraining;

/** A training to be begun or gone on with; one Spark task. */
record TrainingTask(PlannedTraining training) implements Task {
  @Override
  public String label() {
    return training.id();
  }
}
