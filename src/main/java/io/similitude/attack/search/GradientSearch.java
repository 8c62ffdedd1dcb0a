package io.similitude.attack.search;

import java.util.function.BiFunction;
import java.util.function.Function;

/** Follows the gradient of an objective through the variables of a rendering. */
public final class GradientSearch implements Search {
  private final Rendering rendering;
  private final Ascent ascent;
  private final Schedule schedule;
  private final Goal.Objective objective;
  private final RandomSource.Stream random;
  private final Best best = new Best();

  private float[] variables;
  private float[] image;
  private int step;
  private int start;
  private boolean done;

  GradientSearch(
      Climb climb, Schedule schedule, Goal.Objective objective, RandomSource.Stream random) {
    this.rendering = climb.rendering();
    this.ascent = climb.ascent();
    this.schedule = schedule;
    this.objective = objective;
    this.random = random;
    moveTo(ascent.start(random));
  }

  @Override
  public boolean isDone() {
    return done;
  }

  @Override
  public float[] image() {
    return image;
  }

  @Override
  public boolean wantsGradient() {
    return step < schedule.steps();
  }

  @Override
  public float[] objectiveGradient(float[] logits) {
    return objective.gradient(logits);
  }

  @Override
  public void look(float[] logits, float[] gradient) {
    if (ascent.keepsBest() || !wantsGradient()) {
      best.offer(image, objective, logits);
    }
    if (schedule.earlyStop() && objective.isReached(logits)) {
      done = true;
    } else if (wantsGradient()) {
      climb(objective.value(logits), gradient);
    } else {
      end();
    }
  }

  private void climb(double value, float[] gradient) {
    float[] uphill = rendering.pullBack(variables, gradient);
    moveTo(ascent.next(variables, value, uphill, step));
    step++;
    done = !wantsGradient() && !looksAtEnds();
  }

  private boolean looksAtEnds() {
    return ascent.keepsBest() || schedule.choosesAmongEnds();
  }

  private void end() {
    start++;
    if (start < schedule.restarts()) {
      step = 0;
      moveTo(ascent.start(random));
    } else {
      image = best.image();
      done = true;
    }
  }

  private void moveTo(float[] place) {
    variables = place;
    image = rendering.image(place);
  }

  /**
   * An attack that follows a gradient, with its parameters.
   *
   * @param keepsBest whether its ascents also evaluate their last image, to keep the best image of
   *     all steps
   * @param climbs creates the climb for an example
   */
  public record Method(
      Schedule schedule,
      Goal goal,
      boolean keepsBest,
      BiFunction<Subject, RandomSource.Stream, Climb> climbs)
      implements AttackMethod.WithParameters {
    /** A method whose ascents return their last image. */
    public Method(
        Schedule schedule, Goal goal, BiFunction<Subject, RandomSource.Stream, Climb> climbs) {
      this(schedule, goal, false, climbs);
    }

    /** A method on the pixels themselves. Their changes stay in a box. */
    public static Method ofPixels(Schedule schedule, Goal goal, Function<Box, Ascent> ascents) {
      return ofPixels(schedule, goal, false, ascents);
    }

    /** A method on the pixels themselves. Its ascents may keep the best image of all steps. */
    public static Method ofPixels(
        Schedule schedule, Goal goal, boolean keepsBest, Function<Box, Ascent> ascents) {
      return new Method(
          schedule,
          goal,
          keepsBest,
          (subject, random) ->
              new Climb(
                  new PixelRendering(subject.pixels()),
                  ascents.apply(Box.around(subject.pixels()))));
    }

    @Override
    public AttackCost cost() {
      return schedule.cost(keepsBest);
    }

    @Override
    public Search search(Subject subject, RandomSource.Stream random) {
      return goal.isGiven(subject)
          ? Search.found(subject.pixels())
          : new GradientSearch(
              climbs.apply(subject, random), schedule, goal.objective(subject), random);
    }
  }

  /** The optimisation for one example: the variables that make its image, and how they move. */
  public record Climb(Rendering rendering, Ascent ascent) {}
}
