package io.similitude.attack.search;

import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The threat model of an attack that follows a gradient.
 *
 * @param climbs makes what is climbed for an example
 */
public record AscentModel(
    Schedule schedule, Goal goal, BiFunction<Subject, RandomStream, Climb> climbs)
    implements ThreatModel {
  /** On the pixels themselves, whose changes stay in a box. */
  public static AscentModel ofPixels(Schedule schedule, Goal goal, Function<Box, Ascent> ascents) {
    return new AscentModel(
        schedule,
        goal,
        (subject, random) ->
            new Climb(
                new PixelRendering(subject.pixels()), ascents.apply(Box.around(subject.pixels()))));
  }

  @Override
  public Search search(Subject subject, RandomStream random) {
    return goal.isGiven(subject)
        ? new Found(subject.pixels())
        : new AscentSearch(
            climbs.apply(subject, random), schedule, goal.objective(subject), random);
  }
}
