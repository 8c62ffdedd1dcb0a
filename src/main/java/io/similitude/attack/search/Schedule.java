package io.similitude.attack.search;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The length of an iterative attack.
 *
 * @param steps number of gradients from one start
 * @param restarts total number of starts; the best result for the adversary is kept
 * @param earlyStop whether the attack on an example stops as soon as it fools the network
 */
public record Schedule(int steps, int restarts, boolean earlyStop) {
  private static final List<String> PARAMETERS = List.of("steps", "restarts", "early-stop");

  /** The number of steps in the code of Kang et al. (arXiv 1908.08016). */
  private static final int UNFORESEEN_STEPS = 30;

  /** The names of an attack's own parameters, followed by those of its schedule. */
  public static Set<String> parametersWith(String... own) {
    Set<String> names = new LinkedHashSet<>(List.of(own));
    names.addAll(PARAMETERS);
    return names;
  }

  /** A schedule of one start and no early stop, unless the parameters say otherwise. */
  public static Schedule of(AttackParameters parameters, int steps) {
    return new Schedule(
        parameters.count("steps", steps),
        parameters.count("restarts", 1),
        parameters.flag("early-stop", false));
  }

  /** The schedule of the unforeseen attacks: {@code jpeg}, {@code gabor} and {@code snow}. */
  public static Schedule ofUnforeseen(AttackParameters parameters) {
    return of(parameters, UNFORESEEN_STEPS);
  }

  /**
   * The step size of the unforeseen attacks. The default is the source's rule, range / sqrt(steps).
   *
   * @param range of the variables
   */
  public double unforeseenStepSize(AttackParameters parameters, double range) {
    return parameters.stepSize(range / Math.sqrt(steps));
  }

  /** The parameter random-start. It must be true if there are restarts. */
  public boolean randomStart(AttackParameters parameters) {
    boolean randomStart = parameters.flag("random-start", true);
    if (restarts > 1 && !randomStart) {
      throw parameters.invalid(
          "restarts", "1 without random-start: all starts would give the same result");
    }
    return randomStart;
  }

  /**
   * The most that it costs for one example: a gradient at each step, and a last evaluation at each
   * end if the attack chooses among images.
   */
  AttackCost cost(boolean keepsBest) {
    long gradients = (long) steps * restarts;
    long ends = keepsBest || choosesAmongEnds() ? restarts : 0;
    return new AttackCost(gradients + ends, gradients);
  }

  /**
   * Whether the attack chooses among the ends of its ascents. Then the network must evaluate each
   * end.
   */
  boolean choosesAmongEnds() {
    return restarts > 1 || earlyStop;
  }
}
