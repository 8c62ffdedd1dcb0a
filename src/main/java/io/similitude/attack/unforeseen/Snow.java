package io.similitude.attack.unforeseen;

import io.similitude.attack.search.AttackMethod;
import io.similitude.attack.search.AttackParameters;
import io.similitude.attack.search.Goal;
import io.similitude.attack.search.GradientSearch;
import io.similitude.attack.search.RandomSource;
import io.similitude.attack.search.Schedule;
import io.similitude.attack.search.Search;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Snowfall, {@code snow} (Kang, Sun, Hendrycks, Brown and Steinhardt, Testing robustness against
 * unforeseen adversaries, arXiv 1908.08016): snowflakes of random shapes are on a grid over the
 * image. The brightness of each is optimised by the sign of its gradient; see {@link
 * SnowRendering}. {@link Snowfall} keeps the snow sparse.
 *
 * <p>The published code neither clamps the brightness nor keeps it sparse after the last step; here
 * both are true for every image.
 *
 * <ul>
 *   <li>{@code epsilon}: how much a flake of brightness 1 adds to pixels in [0, 1]; with 0 there is
 *       no snow, and the image is not changed
 *   <li>{@code steps}: 30; {@code step-size}: 1 / sqrt(steps), of the brightness: the source's rule
 *   <li>{@code restarts}: 1; {@code early-stop}: false; {@code target}: none
 * </ul>
 */
public final class Snow implements AttackMethod {
  @Override
  public String name() {
    return "snow";
  }

  @Override
  public Set<String> parameters() {
    return Schedule.parametersWith("epsilon", "step-size", "target");
  }

  @Override
  public AttackMethod.WithParameters create(AttackParameters parameters) {
    double epsilon = parameters.epsilon();
    Schedule schedule = Schedule.ofUnforeseen(parameters);
    double stepSize = schedule.unforeseenStepSize(parameters, 1);
    Goal goal = Goal.of(parameters);
    if (epsilon == 0) {
      return (subject, random) -> Search.found(subject.pixels());
    }
    return new GradientSearch.Method(
        schedule,
        goal,
        (subject, random) -> {
          SnowRendering rendering =
              new SnowRendering(subject.shape(), subject.pixels(), (float) epsilon, flakes(random));
          return new GradientSearch.Climb(
              rendering, new Snowfall(rendering.rows(), rendering.columns(), stepSize));
        });
  }

  /** All flakes of an image fall from the same side. */
  private static List<Flake> flakes(RandomSource.Stream random) {
    boolean fromLeft = random.coin();
    List<Flake> flakes = new ArrayList<>();
    for (int i = 0; i < SnowRendering.KINDS; i++) {
      flakes.add(Flake.random(fromLeft, random));
    }
    return flakes;
  }
}
