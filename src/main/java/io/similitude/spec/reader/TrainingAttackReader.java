package io.similitude.spec.reader;

import io.similitude.spec.TrainingAttack;
import io.similitude.spec.TrainingMethod;
import java.util.List;
import java.util.Optional;

/** Reads {@code attack:} of a recipe. */
final class TrainingAttackReader {
  /** The default epsilon of Rice et al. 2020, in both norms. */
  private static final double USUAL_EPSILON = 8 / 255.0;

  private static final double USUAL_STEP = 2 / 255.0;
  private static final double USUAL_L2_EPSILON = 128 / 255.0;
  private static final double USUAL_L2_STEP = 15 / 255.0;
  private static final int USUAL_STEPS = 10;

  /** The length of the single step in units of epsilon, from Wong et al. 2020. */
  private static final double FAST_STEP = 1.25;

  private TrainingAttackReader() {}

  static Optional<TrainingAttack> read(SpecValue attack, TrainingMethod method) {
    return attack.isPresent()
        ? attack.section("attack").flatMap(section -> read(section, method))
        : Optional.of(
            usual(
                method,
                TrainingAttack.LINF,
                USUAL_EPSILON,
                Optional.empty(),
                Optional.empty(),
                true));
  }

  private static Optional<TrainingAttack> read(Section attack, TrainingMethod method) {
    boolean onlyLinf = method == TrainingMethod.TRADES || method == TrainingMethod.FAST_AT;
    List<String> known =
        onlyLinf ? List.of(TrainingAttack.LINF) : List.of(TrainingAttack.LINF, TrainingAttack.L2);
    Optional<String> name = attack.optional("attack").oneOf(known);
    boolean isEuclidean = name.filter(TrainingAttack.L2::equals).isPresent();
    Optional<Double> epsilon =
        isEuclidean
            ? attack.optional("epsilon").number("a number of at least 0", it -> it >= 0)
            : attack
                .optional("epsilon")
                .number("a number between 0 and 1, such as 8/255", it -> it >= 0 && it <= 1);
    Optional<Double> size = attack.optional("step-size").number("a number above 0", it -> it > 0);
    Optional<Integer> steps = attack.optional("steps").atLeast(1);
    Optional<Boolean> random = attack.optional("random-start").flag();
    return attack.build(
        () ->
            usual(
                method,
                name.orElse(TrainingAttack.LINF),
                epsilon.orElse(isEuclidean ? USUAL_L2_EPSILON : USUAL_EPSILON),
                size,
                steps,
                random.orElse(true)));
  }

  private static TrainingAttack usual(
      TrainingMethod method,
      String name,
      double epsilon,
      Optional<Double> size,
      Optional<Integer> steps,
      boolean random) {
    if (method == TrainingMethod.FAST_AT) {
      double step = epsilon > 0 ? FAST_STEP * epsilon : USUAL_STEP;
      return new TrainingAttack(name, epsilon, size.orElse(step), steps.orElse(1), random);
    }
    double step = name.equals(TrainingAttack.L2) ? USUAL_L2_STEP : USUAL_STEP;
    return new TrainingAttack(name, epsilon, size.orElse(step), steps.orElse(USUAL_STEPS), random);
  }
}
