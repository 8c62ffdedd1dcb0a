package io.similitude.stage;

import io.similitude.execution.Task;
import io.similitude.plan.PlannedTraining;
import io.similitude.plan.UnitLimits;
import java.time.Duration;
import java.util.Optional;

/** A training that must begin or continue. It is one Spark task. */
record TrainingTask(PlannedTraining training) implements Task {
  @Override
  public String label() {
    return training.id();
  }

  @Override
  public Optional<Duration> aloneFor() {
    return UnitLimits.of(training);
  }
}
