package io.similitude.attack.search;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How long an iterative attack goes on.
 *
 * @param steps gradients taken from one start
 * @param restarts how often it starts in all; the best end for the adversary is kept
 * @param earlyStop whether an example is left alone as soon as it fools the network
 */
public record Schedule(int steps, int restarts, boolean earlyStop) {
  private static final List<String> PARAMETERS = List.of("steps", "restarts", "early-stop");

  /** Of the code of Kang et al. (arXiv 1908.08016). */
  private static final int UNFORESEEN_STEPS = 30;

  /** The names of an attack's own parameters, then of those that make its schedule. */
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
   * The step size of the unforeseen attacks, by the source's rule range / sqrt(steps).
   *
   * @param range of the variables
   */
  public double unforeseenStepSize(AttackParameters parameters, double range) {
    return parameters.stepSize(range / Math.sqrt(steps));
  }

  /** The parameter random-start; it must be true where there are restarts. */
  public boolean randomStart(AttackParameters parameters) {
    boolean randomStart = parameters.flag("random-start", true);
    if (restarts > 1 && !randomStart) {
      throw parameters.invalid("restarts", "1 without random-start: all would end alike");
    }
    return randomStart;
  }

  /**
   * What it takes for one example at most: a gradient at each step, and a last look at each end
   * where something is chosen among images.
   */
  AttackCost cost(boolean keepsBest) {
    long gradients = (long) steps * restarts;
    long ends = keepsBest || choosesAmongEnds() ? restarts : 0;
    return new AttackCost(gradients + ends, gradients);
  }

  /** Whether an end is not the result as it is: what the network makes of it decides. */
  boolean choosesAmongEnds() {
    return restarts > 1 || earlyStop;
  }
}
