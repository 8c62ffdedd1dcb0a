package io.similitude.attack;

import java.util.function.Supplier;

/**
 * Looks where {@link ApgdAscent} goes, from one start or several, and last where it ends. The
 * result is the best image seen: the source's x_max, unless that does not fool the network and
 * another does.
 */
final class ApgdSearch implements Search {
  private final PixelRendering rendering;
  private final Supplier<ApgdAscent> starts;
  private final Schedule schedule;
  private final Objective objective;
  private final Best best = new Best();

  private ApgdAscent ascent;
  private float[] image;
  private int start;
  private boolean done;

  ApgdSearch(Subject subject, Supplier<ApgdAscent> starts, Schedule schedule, Objective objective) {
    this.rendering = new PixelRendering(subject.pixels());
    this.starts = starts;
    this.schedule = schedule;
    this.objective = objective;
    begin();
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
    return ascent.looks() < schedule.steps();
  }

  @Override
  public float[] objectiveGradient(float[] logits) {
    return objective.gradient(logits);
  }

  @Override
  public void look(float[] logits, float[] gradient) {
    best.offer(image, objective, logits);
    if (schedule.earlyStop() && best.reached()) {
      end();
    } else if (wantsGradient()) {
      ascent.climb(objective.value(logits), gradient);
      image = rendering.image(ascent.x());
    } else {
      start++;
      if (start < schedule.restarts()) {
        begin();
      } else {
        end();
      }
    }
  }

  private void begin() {
    ascent = starts.get();
    image = rendering.image(ascent.x());
  }

  private void end() {
    image = best.image();
    done = true;
  }
}
