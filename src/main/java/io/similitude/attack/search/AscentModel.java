package io.similitude.attack.search;

import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The threat model of an attack that follows a gradient.
 *
 * @param keepsBest whether its ascents look at their ends, to keep the best image on the way
 * @param climbs makes what is climbed for an example
 */
public record AscentModel(
    Schedule schedule,
    Goal goal,
    boolean keepsBest,
    BiFunction<Subject, RandomStream, Climb> climbs)
    implements ThreatModel {
  /** Of ascents whose result is where they end. */
  public AscentModel(
      Schedule schedule, Goal goal, BiFunction<Subject, RandomStream, Climb> climbs) {
    this(schedule, goal, false, climbs);
  }

  /** On the pixels themselves, whose changes stay in a box. */
  public static AscentModel ofPixels(Schedule schedule, Goal goal, Function<Box, Ascent> ascents) {
    return ofPixels(schedule, goal, false, ascents);
  }

  /** The same of ascents that may keep the best image on the way. */
  public static AscentModel ofPixels(
      Schedule schedule, Goal goal, boolean keepsBest, Function<Box, Ascent> ascents) {
    return new AscentModel(
        schedule,
        goal,
        keepsBest,
        (subject, random) ->
            new Climb(
                new PixelRendering(subject.pixels()), ascents.apply(Box.around(subject.pixels()))));
  }

  @Override
  public AttackCost cost() {
    return schedule.cost(keepsBest);
  }

  @Override
  public Search search(Subject subject, RandomStream random) {
    return goal.isGiven(subject)
        ? new Found(subject.pixels())
        : new AscentSearch(
            climbs.apply(subject, random), schedule, goal.objective(subject), random);
  }
}
