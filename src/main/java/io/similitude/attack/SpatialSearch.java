package io.similitude.attack;

import io.similitude.attack.search.Best;
import io.similitude.attack.search.Goal;
import io.similitude.attack.search.Search;
import io.similitude.attack.search.Subject;
import java.util.List;

/** Tries poses one after the other. */
final class SpatialSearch implements Search {
  private final Subject subject;
  private final List<Pose> poses;
  private final boolean earlyStop;
  private final Goal.Objective objective;
  private final Best best = new Best();

  private float[] image;
  private int tried;
  private boolean done;

  SpatialSearch(Subject subject, List<Pose> poses, boolean earlyStop, Goal.Objective objective) {
    this.subject = subject;
    this.poses = poses;
    this.earlyStop = earlyStop;
    this.objective = objective;
    pose();
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
    return false;
  }

  @Override
  public float[] objectiveGradient(float[] logits) {
    return objective.gradient(logits);
  }

  @Override
  public void look(float[] logits, float[] gradient) {
    best.offer(image, objective, logits);
    tried++;
    done = tried == poses.size() || (earlyStop && best.reached());
    if (done) {
      image = best.image();
    } else {
      pose();
    }
  }

  private void pose() {
    image = poses.get(tried).of(subject.shape(), subject.pixels());
  }
}
