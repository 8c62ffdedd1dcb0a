package io.similitude.attack.unforeseen;

import io.similitude.attack.search.Ascent;
import io.similitude.attack.search.AttackMethod;
import io.similitude.attack.search.AttackParameters;
import io.similitude.attack.search.Ball;
import io.similitude.attack.search.Box;
import io.similitude.attack.search.Goal;
import io.similitude.attack.search.GradientSearch;
import io.similitude.attack.search.Norm;
import io.similitude.attack.search.ProjectedAscent;
import io.similitude.attack.search.Schedule;
import java.util.List;
import java.util.Set;

/**
 * Changes of the coefficients that JPEG stores, {@code jpeg}: x' with |JPEG(x') - JPEG(x)| at most
 * epsilon in the l_inf, l_2 or l_1 norm, where JPEG(x) are the quantised coefficients before
 * rounding (Kang, Sun, Hendrycks, Brown and Steinhardt, Testing robustness against unforeseen
 * adversaries, arXiv 1908.08016). {@link JpegRendering} turns changes of coefficients into changes
 * of pixels. l_inf and l_2 use projected gradient ascent, and l_1 uses {@link FrankWolfe}, as in
 * the source.
 *
 * <p>The published code decodes JPEG(x) plus the change, and so blurs the colours even without a
 * change. Its rounding halves epsilon. It takes the first gradient at a start with a wrong scale.
 * Here the image keeps the details that JPEG would lose, epsilon is the norm, and every gradient is
 * taken at the current point of the ascent.
 *
 * <ul>
 *   <li>{@code norm}: linf (or l2, l1); {@code epsilon}: in quantisation steps
 *   <li>{@code steps}: 30; {@code step-size}: epsilon / sqrt(steps), the source's rule; none with
 *       l_1
 *   <li>{@code random-start}: true; {@code restarts}: 1; {@code early-stop}: false; {@code target}:
 *       none
 * </ul>
 */
public final class Jpeg implements AttackMethod {
  /**
   * The most that Frank-Wolfe changes one coefficient, in quantisation steps, as in the source's
   * code.
   */
  private static final float FARTHEST = 2;

  @Override
  public String name() {
    return "jpeg";
  }

  @Override
  public Set<String> parameters() {
    return Schedule.parametersWith("epsilon", "norm", "step-size", "random-start", "target");
  }

  @Override
  public AttackMethod.WithParameters create(AttackParameters parameters) {
    Norm norm = Norm.of(parameters, List.of(Norm.values()), Norm.LINF);
    double epsilon = parameters.epsilon();
    Schedule schedule = Schedule.ofUnforeseen(parameters);
    if (norm == Norm.L1 && parameters.has("step-size")) {
      throw parameters.invalid("step-size", "absent with norm l1: Frank-Wolfe has its own");
    }
    double stepSize = schedule.unforeseenStepSize(parameters, epsilon);
    boolean randomStart = schedule.randomStart(parameters);
    Goal goal = Goal.of(parameters);
    Ball ball = norm.ball(epsilon, 1);
    float farthest = norm == Norm.L1 ? FARTHEST : Float.MAX_VALUE;
    return new GradientSearch.Method(
        schedule,
        goal,
        (subject, random) -> {
          JpegRendering rendering = new JpegRendering(subject.shape(), subject.pixels());
          Box box = Box.symmetric(rendering.variables(), farthest);
          Ascent ascent =
              norm == Norm.L1
                  ? new FrankWolfe(ball, (float) epsilon, box, randomStart)
                  : new ProjectedAscent(ball, box, stepSize, randomStart);
          return new GradientSearch.Climb(rendering, ascent);
        });
  }
}
