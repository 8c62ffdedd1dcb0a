package io.similitude.attack;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Gabor noise, {@code gabor} (Kang, Sun, Hendrycks, Brown and Steinhardt, Testing robustness
 * against unforeseen adversaries, arXiv 1908.08016): a mask in [-1, 1], one value a pixel, is
 * filtered with a random Gabor kernel, made into noise in [0, 1] of even variance and added epsilon
 * times to every channel; {@link GaborRendering}. The mask starts sparse, one value in 14 uniform
 * in [-1, 1], and rises by the sign of its gradient.
 *
 * <p>The published code multiplies the mask, after every step, with 1 where it started at 0 and
 * with 0 elsewhere, so that the start is lost for good; here, as in the paper, all of the mask is
 * optimised.
 *
 * <ul>
 *   <li>{@code epsilon}: the largest change of a pixel in [0, 1]
 *   <li>{@code steps}: 30; {@code step-size}: 1 / sqrt(steps), of the mask: the source's rule
 *   <li>{@code restarts}: 1; {@code early-stop}: false; {@code target}: none
 * </ul>
 */
final class Gabor implements AttackType {
  private static final double DENSITY = 1.0 / 14;

  @Override
  public String name() {
    return "gabor";
  }

  @Override
  public Set<String> parameters() {
    Set<String> names = new LinkedHashSet<>(List.of("epsilon", "step-size", "target"));
    names.addAll(Schedule.PARAMETERS);
    return names;
  }

  @Override
  public ThreatModel create(Parameters parameters) {
    double epsilon = parameters.pixelEpsilon();
    Schedule schedule = Schedule.of(parameters, Jpeg.STEPS);
    double stepSize = Pgd.stepSize(parameters, 1 / Math.sqrt(schedule.steps()));
    Goal goal = new Goal(Goal.Loss.CROSS_ENTROPY, parameters.target());
    return (subject, random) -> {
      if (goal.isGiven(subject)) {
        return new Found(subject.pixels());
      }
      GaborRendering rendering =
          new GaborRendering(
              subject.shape(), subject.pixels(), (float) epsilon, GaborKernel.random(random));
      return new AscentSearch(
          rendering,
          new SparseStart(rendering.variables(), stepSize),
          schedule,
          goal.objective(subject),
          random);
    };
  }

  /** Sign ascent in [-1, 1] from a sparse mask. */
  private record SparseStart(int variables, double stepSize) implements Ascent {
    @Override
    public float[] start(RandomStream random) {
      float[] mask = new float[variables];
      for (int i = 0; i < variables; i++) {
        mask[i] = random.uniform() < DENSITY ? (float) random.uniform(-1, 1) : 0;
      }
      return mask;
    }

    @Override
    public float[] next(float[] mask, float[] gradient, int step) {
      return new ProjectedAscent(new LinfBall(1), Box.symmetric(variables, 1), stepSize, false)
          .next(mask, gradient, step);
    }
  }
}
