package io.similitude.spec.reader;

import io.similitude.spec.TrainingMethod;
import io.similitude.spec.TrainingSpec.OptimizerSpec;
import java.util.Optional;

/** Reads {@code optimizer:} of a recipe. */
final class OptimizerReader {
  private OptimizerReader() {}

  static Optional<OptimizerSpec> read(SpecValue optimizer, Optional<TrainingMethod> method) {
    double rate =
        method.filter(it -> it == TrainingMethod.FAST_AT).isPresent()
            ? OptimizerSpec.USUAL_PEAK_RATE
            : OptimizerSpec.USUAL_RATE;
    if (!optimizer.isPresent()) {
      return Optional.of(
          new OptimizerSpec(
              rate, OptimizerSpec.USUAL_MOMENTUM, OptimizerSpec.USUAL_WEIGHT_DECAY, false));
    }
    return optimizer
        .section("optimizer")
        .flatMap(
            section -> {
              Optional<OptimizerSpec> sgd =
                  section.required("sgd").section("sgd").flatMap(it -> sgd(it, rate));
              return section.build(() -> sgd.orElseThrow());
            });
  }

  private static Optional<OptimizerSpec> sgd(Section sgd, double usualRate) {
    Optional<Double> rate = sgd.optional("rate").number("a number above 0", it -> it > 0);
    Optional<Double> momentum =
        sgd.optional("momentum").number("a number from 0 to below 1", it -> it >= 0 && it < 1);
    Optional<Double> decay =
        sgd.optional("weight-decay").number("a number of at least 0", it -> it >= 0);
    Optional<Boolean> nesterov = sgd.optional("nesterov").flag();
    return sgd.build(
        () ->
            new OptimizerSpec(
                rate.orElse(usualRate),
                momentum.orElse(OptimizerSpec.USUAL_MOMENTUM),
                decay.orElse(OptimizerSpec.USUAL_WEIGHT_DECAY),
                nesterov.orElse(false)));
  }
}
