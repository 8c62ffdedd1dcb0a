package io.similitude.attack;

import io.similitude.attack.search.AttackMethod;
import io.similitude.attack.search.AttackParameters;
import io.similitude.attack.search.Ball;
import io.similitude.attack.search.Goal;
import io.similitude.attack.search.GradientSearch;
import io.similitude.attack.search.Norm;
import io.similitude.attack.search.ProjectedAscent;
import io.similitude.attack.search.Schedule;
import java.util.Set;

/**
 * Projected gradient ascent on the cross-entropy in an l_inf, l_2 or l_1 ball of pixel changes
 * (Madry, Makelov, Schmidt, Tsipras and Vladu, Towards deep learning models resistant to
 * adversarial attacks, ICLR 2018): {@code pgd-linf}, {@code pgd-l2}, {@code pgd-l1}.
 *
 * <p>A step is the gradient's sign (l_inf), the gradient at unit length (l_2), or the direction of
 * {@link L1Ball} (l_1), times the step size. The projections follow every step, also the last one.
 * So every iterate is inside the ball and [0, 1].
 *
 * <ul>
 *   <li>{@code epsilon}: the radius, for pixels in [0, 1]
 *   <li>{@code steps}: 10
 *   <li>{@code step-size}: 2.5 epsilon / steps, the source's rule
 *   <li>{@code random-start}: true; uniform in the ball
 *   <li>{@code restarts}: 1; {@code early-stop}: false; {@code target}: none
 *   <li>{@code share} (l_1 only): 0.01 of the pixels change in a step
 * </ul>
 */
final class Pgd implements AttackMethod {
  private static final int STEPS = 10;
  private static final double REACH = 2.5;
  private static final double SHARE = 0.01;

  private final Norm norm;

  Pgd(Norm norm) {
    this.norm = norm;
  }

  @Override
  public String name() {
    return "pgd-" + norm.keyword();
  }

  @Override
  public Set<String> parameters() {
    Set<String> names = Schedule.parametersWith("epsilon", "step-size", "random-start", "target");
    if (norm == Norm.L1) {
      names.add("share");
    }
    return names;
  }

  @Override
  public AttackMethod.WithParameters create(AttackParameters parameters) {
    double epsilon = norm.pixelEpsilon(parameters);
    Schedule schedule = Schedule.of(parameters, STEPS);
    Ball ball = norm.ball(epsilon, share(parameters));
    double stepSize = parameters.stepSize(REACH * epsilon / schedule.steps());
    boolean randomStart = schedule.randomStart(parameters);
    return GradientSearch.Method.ofPixels(
        schedule,
        Goal.of(parameters),
        box -> new ProjectedAscent(ball, box, stepSize, randomStart));
  }

  private double share(AttackParameters parameters) {
    double share = norm == Norm.L1 ? parameters.between("share", 0, 1, SHARE) : SHARE;
    if (share == 0) {
      throw parameters.invalid("share", "above 0");
    }
    return share;
  }
}
