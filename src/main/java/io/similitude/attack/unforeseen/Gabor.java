package io.similitude.attack.unforeseen;

import io.similitude.attack.search.Ascent;
import io.similitude.attack.search.AttackMethod;
import io.similitude.attack.search.AttackParameters;
import io.similitude.attack.search.Box;
import io.similitude.attack.search.Goal;
import io.similitude.attack.search.GradientSearch;
import io.similitude.attack.search.LinfBall;
import io.similitude.attack.search.ProjectedAscent;
import io.similitude.attack.search.RandomSource;
import io.similitude.attack.search.Schedule;
import java.util.Set;

/**
 * Gabor noise, {@code gabor} (Kang, Sun, Hendrycks, Brown and Steinhardt, Testing robustness
 * against unforeseen adversaries, arXiv 1908.08016): a mask in [-1, 1] with one value per pixel is
 * filtered with a random Gabor kernel, made into noise in [0, 1] of even variance and added epsilon
 * times to every channel; {@link GaborRendering}. The mask starts sparse: one value in 14 is
 * uniform in [-1, 1]. Each step adds the sign of its gradient.
 *
 * <p>After every step, the published code multiplies the mask with 1 where it started at 0, and
 * with 0 elsewhere. So the start is lost. Here, as in the paper, the whole mask is optimised.
 *
 * <ul>
 *   <li>{@code epsilon}: the largest change of a pixel in [0, 1]
 *   <li>{@code steps}: 30; {@code step-size}: 1 / sqrt(steps), of the mask: the source's rule
 *   <li>{@code restarts}: 1; {@code early-stop}: false; {@code target}: none
 * </ul>
 */
public final class Gabor implements AttackMethod {
  private static final double DENSITY = 1.0 / 14;

  @Override
  public String name() {
    return "gabor";
  }

  @Override
  public Set<String> parameters() {
    return Schedule.parametersWith("epsilon", "step-size", "target");
  }

  @Override
  public AttackMethod.WithParameters create(AttackParameters parameters) {
    double epsilon = parameters.pixelEpsilon();
    Schedule schedule = Schedule.ofUnforeseen(parameters);
    double stepSize = schedule.unforeseenStepSize(parameters, 1);
    return new GradientSearch.Method(
        schedule,
        Goal.of(parameters),
        (subject, random) -> {
          GaborRendering rendering =
              new GaborRendering(
                  subject.shape(), subject.pixels(), (float) epsilon, GaborKernel.random(random));
          Box masks = Box.symmetric(rendering.variables(), 1);
          return new GradientSearch.Climb(
              rendering,
              new SparseStart(new ProjectedAscent(new LinfBall(1), masks, stepSize, false)));
        });
  }

  /** Sign ascent in [-1, 1], from a sparse mask. */
  private record SparseStart(ProjectedAscent ascent) implements Ascent {
    @Override
    public float[] start(RandomSource.Stream random) {
      float[] mask = new float[ascent.box().variables()];
      for (int i = 0; i < mask.length; i++) {
        mask[i] = random.uniform() < DENSITY ? (float) random.uniform(-1, 1) : 0;
      }
      return mask;
    }

    @Override
    public float[] next(float[] mask, double value, float[] gradient, int step) {
      return ascent.next(mask, value, gradient, step);
    }
  }
}
