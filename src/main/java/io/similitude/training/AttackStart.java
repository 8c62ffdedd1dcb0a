package io.similitude.training;

import io.similitude.attack.search.RandomSource;
import io.similitude.dataset.Examples;
import io.similitude.spec.TrainingAttack;
import io.similitude.spec.TrainingMethod;
import io.similitude.spec.TrainingSpec;
import java.util.Optional;

/**
 * The point at which the attack of a step starts. It is uniform in the ball. In TRADES it is a
 * normal deviate of 0.001 in each value. It depends only on the seed, the epoch and the example's
 * id.
 */
final class AttackStart {
  private static final double TRADES = 0.001;

  private final TrainingSpec recipe;

  AttackStart(TrainingSpec recipe) {
    this.recipe = recipe;
  }

  /** Draws the values that are added to the pixels. The result is empty if there is no attack. */
  Optional<float[]> draw(Examples batch, long seed, int epoch) {
    return recipe.attack().map(attack -> draw(attack, batch, seed, epoch));
  }

  private float[] draw(TrainingAttack attack, Examples batch, long seed, int epoch) {
    float[] start = new float[batch.pixels().length];
    if (attack.randomStart()) {
      RandomSource source = RandomSource.named(seed, "attack", Integer.toString(epoch));
      int size = batch.shape().size();
      for (int i = 0; i < batch.count(); i++) {
        draw(attack, source.example(batch.ids()[i]), start, i * size, size);
      }
    }
    return start;
  }

  private void draw(
      TrainingAttack attack, RandomSource.Stream random, float[] start, int at, int size) {
    if (recipe.method() == TrainingMethod.TRADES) {
      for (int k = at; k < at + size; k++) {
        start[k] = (float) (TRADES * random.gaussian());
      }
    } else if (attack.isEuclidean()) {
      inBall(attack.epsilon(), random, start, at, size);
    } else {
      for (int k = at; k < at + size; k++) {
        start[k] = (float) random.uniform(-attack.epsilon(), attack.epsilon());
      }
    }
  }

  /**
   * Draws a point in the ball. Its direction is uniform. Its length, raised to the power of the
   * dimension, is uniform too.
   */
  private static void inBall(
      double epsilon, RandomSource.Stream random, float[] start, int at, int size) {
    double[] direction = new double[size];
    double squares = 0;
    for (int k = 0; k < size; k++) {
      direction[k] = random.gaussian();
      squares += direction[k] * direction[k];
    }
    double length = epsilon * StrictMath.pow(random.uniform(), 1.0 / size) / Math.sqrt(squares);
    for (int k = 0; k < size; k++) {
      start[at + k] = (float) (length * direction[k]);
    }
  }
}
