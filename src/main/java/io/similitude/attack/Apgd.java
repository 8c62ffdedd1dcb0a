package io.similitude.attack;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Auto-PGD, the strong attack without a step size to tune: {@code apgd-ce} on the cross-entropy,
 * {@code apgd-dlr} on the {@linkplain DifferenceOfLogitsRatio difference of logits ratio} (Croce
 * and Hein, Reliable evaluation of adversarial robustness with an ensemble of diverse
 * parameter-free attacks, ICML 2020). {@link ApgdAscent} is the algorithm.
 *
 * <ul>
 *   <li>{@code epsilon}: the radius, for pixels in [0, 1]; {@code norm}: linf (or l2)
 *   <li>{@code steps}: 100, the gradients taken
 *   <li>{@code random-start}: true; uniform in the ball (the source's code stretches its l_inf
 *       start to the ball's surface, the paper does not ask for that)
 *   <li>{@code restarts}: 1; {@code early-stop}: false; {@code target}: none
 * </ul>
 */
final class Apgd implements AttackType {
  private static final int STEPS = 100;

  private final String name;
  private final Goal.Loss loss;

  private Apgd(String name, Goal.Loss loss) {
    this.name = name;
    this.loss = loss;
  }

  static Apgd crossEntropy() {
    return new Apgd("apgd-ce", Goal.Loss.CROSS_ENTROPY);
  }

  static Apgd differenceOfLogitsRatio() {
    return new Apgd("apgd-dlr", Goal.Loss.DIFFERENCE_OF_LOGITS_RATIO);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<String> parameters() {
    Set<String> names = new LinkedHashSet<>(List.of("epsilon", "norm", "random-start", "target"));
    names.addAll(Schedule.PARAMETERS);
    return names;
  }

  @Override
  public ThreatModel create(Parameters parameters) {
    Norm norm = Norm.of(parameters, List.of(Norm.LINF, Norm.L2), Norm.LINF);
    double epsilon = norm.pixelEpsilon(parameters);
    Schedule schedule = Schedule.of(parameters, STEPS);
    return new AutoAscent(
        norm.ball(epsilon, 1),
        2 * epsilon,
        schedule.randomStart(parameters),
        schedule,
        new Goal(loss, parameters.target()));
  }

  private record AutoAscent(
      Ball ball, double stepSize, boolean randomStart, Schedule schedule, Goal goal)
      implements ThreatModel {
    @Override
    public Search search(Subject subject, RandomStream random) {
      if (goal.isGiven(subject)) {
        return new Found(subject.pixels());
      }
      Box box = Box.around(subject.pixels());
      Ascent start = new ProjectedAscent(ball, box, stepSize, randomStart);
      return new ApgdSearch(
          subject,
          () -> new ApgdAscent(ball, box, stepSize, schedule.steps(), start.start(random)),
          schedule,
          goal.objective(subject));
    }
  }
}
