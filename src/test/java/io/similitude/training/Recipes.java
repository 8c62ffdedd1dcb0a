package io.similitude.training;

import io.similitude.spec.EvaluationSpec;
import io.similitude.spec.RateSchedule;
import io.similitude.spec.TrainingAttack;
import io.similitude.spec.TrainingMethod;
import io.similitude.spec.TrainingSpec;
import io.similitude.spec.TrainingSpec.AttackMode;
import io.similitude.spec.TrainingSpec.OptimizerSpec;
import io.similitude.spec.TrainingSpec.WeightsFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Recipes for tests. */
final class Recipes {
  static final TrainingAttack LINF =
      new TrainingAttack(TrainingAttack.LINF, 16 / 255.0, 4 / 255.0, 2, true);

  private Recipes() {}

  static TrainingSpec of(
      TrainingMethod method,
      OptimizerSpec optimizer,
      double smoothing,
      Optional<TrainingAttack> attack,
      AttackMode mode,
      double beta) {
    return new TrainingSpec(
        "recipe",
        method,
        "train",
        3,
        8,
        optimizer,
        new RateSchedule.Constant(),
        OptionalInt.of(4),
        true,
        smoothing,
        attack,
        mode,
        beta,
        new EvaluationSpec(List.of("train"), List.of("benign"), 1, OptionalInt.empty()),
        WeightsFormat.PTH);
  }

  static TrainingSpec of(TrainingMethod method) {
    return of(
        method,
        new OptimizerSpec(0.05, 0.9, 5e-4, false),
        0,
        method.attacks() ? Optional.of(LINF) : Optional.empty(),
        AttackMode.EVALUATION,
        6);
  }
}
