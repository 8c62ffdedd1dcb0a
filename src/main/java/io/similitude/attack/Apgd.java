package io.similitude.attack;

import io.similitude.attack.search.Ascent;
import io.similitude.attack.search.AttackMethod;
import io.similitude.attack.search.AttackParameters;
import io.similitude.attack.search.Ball;
import io.similitude.attack.search.Box;
import io.similitude.attack.search.DifferenceOfLogitsRatio;
import io.similitude.attack.search.Goal;
import io.similitude.attack.search.GradientSearch;
import io.similitude.attack.search.Norm;
import io.similitude.attack.search.RandomSource;
import io.similitude.attack.search.Schedule;
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
 *   <li>{@code steps}: 100, the number of gradients
 *   <li>{@code random-start}: true; uniform in the ball (the source's code stretches its l_inf
 *       start to the ball's surface, the paper does not ask for that)
 *   <li>{@code restarts}: 1; {@code early-stop}: false; {@code target}: none
 * </ul>
 */
final class Apgd implements AttackMethod {
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
    return Schedule.parametersWith("epsilon", "norm", "random-start", "target");
  }

  @Override
  public AttackMethod.WithParameters create(AttackParameters parameters) {
    Norm norm = Norm.of(parameters, List.of(Norm.LINF, Norm.L2), Norm.LINF);
    double epsilon = norm.pixelEpsilon(parameters);
    Schedule schedule = Schedule.of(parameters, STEPS);
    Ball ball = norm.ball(epsilon, 1);
    boolean randomStart = schedule.randomStart(parameters);
    return GradientSearch.Method.ofPixels(
        schedule,
        new Goal(loss, parameters.target()),
        true,
        box -> new AutoAscent(ball, box, 2 * epsilon, schedule.steps(), randomStart));
  }

  /**
   * An {@link ApgdAscent} from each start. The result is the best image seen: the source's x_max.
   * If x_max does not fool the network and another image does, it is that image.
   */
  private static final class AutoAscent implements Ascent {
    private final Ball ball;
    private final Box box;
    private final double stepSize;
    private final int steps;
    private final boolean randomStart;
    private ApgdAscent current;

    private AutoAscent(Ball ball, Box box, double stepSize, int steps, boolean randomStart) {
      this.ball = ball;
      this.box = box;
      this.stepSize = stepSize;
      this.steps = steps;
      this.randomStart = randomStart;
    }

    @Override
    public float[] start(RandomSource.Stream random) {
      current = new ApgdAscent(ball, box, stepSize, steps, ball.start(box, randomStart, random));
      return current.x();
    }

    @Override
    public float[] next(float[] variables, double value, float[] gradient, int step) {
      current.climb(value, gradient);
      return current.x();
    }

    @Override
    public boolean keepsBest() {
      return true;
    }
  }
}
