package io.similitude.attack.search;

/** Follows the gradient of an objective through the variables of a rendering. */
final class AscentSearch implements Search {
  private final Rendering rendering;
  private final Ascent ascent;
  private final Schedule schedule;
  private final Objective objective;
  private final RandomStream random;
  private final Best best = new Best();

  private float[] variables;
  private float[] image;
  private int step;
  private int start;
  private boolean done;

  AscentSearch(Climb climb, Schedule schedule, Objective objective, RandomStream random) {
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
}
