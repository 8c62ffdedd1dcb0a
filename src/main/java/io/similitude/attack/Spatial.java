package io.similitude.attack;

import io.similitude.attack.search.AttackCost;
import io.similitude.attack.search.AttackMethod;
import io.similitude.attack.search.AttackParameters;
import io.similitude.attack.search.Best;
import io.similitude.attack.search.Goal;
import io.similitude.attack.search.RandomSource;
import io.similitude.attack.search.Search;
import io.similitude.attack.search.Subject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The worst of several rotations and translations, {@code spatial} (Engstrom, Tran, Tsipras,
 * Schmidt and Madry, Exploring the landscape of spatial robustness, ICML 2019): an image is turned
 * about its centre, then shifted, with bilinear interpolation and 0 outside. The objective decides
 * which is the worst, see {@link Best}. No gradient is needed.
 *
 * <ul>
 *   <li>{@code rotation}: 30, the largest angle in degrees; {@code translation}: 3, the largest
 *       shift in pixels, along each axis
 *   <li>{@code search}: {@code random} ({@code trials}: 10 draws, the source's worst of 10), or
 *       {@code grid} ({@code rotations}: 31 angles times {@code translations}: 5 shifts along each
 *       axis)
 *   <li>{@code early-stop}: false; {@code target}: none
 * </ul>
 */
final class Spatial implements AttackMethod {
  private static final double HALF_TURN = 180;
  private static final double FARTHEST = 1e4;

  @Override
  public String name() {
    return "spatial";
  }

  @Override
  public Set<String> parameters() {
    return new LinkedHashSet<>(
        List.of(
            "rotation",
            "translation",
            "search",
            "trials",
            "rotations",
            "translations",
            "early-stop",
            "target"));
  }

  @Override
  public AttackMethod.WithParameters create(AttackParameters parameters) {
    double rotation = parameters.between("rotation", 0, HALF_TURN, 30);
    double translation = parameters.between("translation", 0, FARTHEST, 3);
    boolean grid = parameters.word("search", List.of("random", "grid"), "random").equals("grid");
    Poses poses =
        grid ? grid(parameters, rotation, translation) : random(parameters, rotation, translation);
    boolean earlyStop = parameters.flag("early-stop", false);
    Goal goal = Goal.of(parameters);
    return new SpatialModel(goal, poses, earlyStop);
  }

  private record SpatialModel(Goal goal, Poses poses, boolean earlyStop)
      implements AttackMethod.WithParameters {
    @Override
    public Search search(Subject subject, RandomSource.Stream random) {
      return goal.isGiven(subject)
          ? Search.found(subject.pixels())
          : new SpatialSearch(subject, poses.draw(random), earlyStop, goal.objective(subject));
    }

    @Override
    public AttackCost cost() {
      return new AttackCost(poses.count(), 0);
    }
  }

  /**
   * The poses that are tried for one example.
   *
   * @param count the number of poses
   * @param drawn creates the poses
   */
  private record Poses(int count, Function<RandomSource.Stream, List<Pose>> drawn) {
    List<Pose> draw(RandomSource.Stream random) {
      return drawn.apply(random);
    }
  }

  private static Poses random(AttackParameters parameters, double rotation, double translation) {
    refuse(parameters, "rotations", "grid");
    refuse(parameters, "translations", "grid");
    int trials = parameters.count("trials", 10);
    return new Poses(trials, random -> drawn(random, trials, rotation, translation));
  }

  private static List<Pose> drawn(
      RandomSource.Stream random, int trials, double rotation, double translation) {
    List<Pose> poses = new ArrayList<>();
    for (int i = 0; i < trials; i++) {
      poses.add(
          new Pose(
              random.uniform(-rotation, rotation),
              random.uniform(-translation, translation),
              random.uniform(-translation, translation)));
    }
    return poses;
  }

  private static Poses grid(AttackParameters parameters, double rotation, double translation) {
    refuse(parameters, "trials", "random");
    List<Pose> poses = new ArrayList<>();
    List<Double> shifts = spaced(parameters.count("translations", 5), translation);
    for (double degrees : spaced(parameters.count("rotations", 31), rotation)) {
      for (double right : shifts) {
        for (double down : shifts) {
          poses.add(new Pose(degrees, right, down));
        }
      }
    }
    return new Poses(poses.size(), random -> poses);
  }

  private static void refuse(AttackParameters parameters, String name, String search) {
    if (parameters.has(name)) {
      throw parameters.invalid(name, "absent unless search is " + search);
    }
  }

  /** The given number of values, evenly spaced from -most to most. A single value is 0. */
  private static List<Double> spaced(int count, double most) {
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(count == 1 ? 0 : most * (2.0 * i / (count - 1) - 1));
    }
    return values;
  }
}
