package io.similitude.attack.unforeseen;

import io.similitude.attack.search.Ascent;
import io.similitude.attack.search.Ball;
import io.similitude.attack.search.Box;
import io.similitude.attack.search.RandomSource;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The method of Frank and Wolfe (1956) in the l_1 ball and a box: z &lt;- z + (s - z) / (step + 1),
 * where s is the point of the ball and the box with the largest product with the gradient. That
 * point moves the variables with the largest gradients to the ends of their ranges, until epsilon
 * is used up.
 */
public record FrankWolfe(Ball ball, float epsilon, Box box, boolean randomStart) implements Ascent {
  @Override
  public float[] start(RandomSource.Stream random) {
    return ball.start(box, randomStart, random);
  }

  @Override
  public float[] next(float[] variables, double value, float[] gradient, int step) {
    float[] next = best(gradient);
    for (int i = 0; i < next.length; i++) {
      next[i] = variables[i] + (next[i] - variables[i]) / (step + 1);
    }
    return next;
  }

  private float[] best(float[] gradient) {
    int[] steepest =
        IntStream.range(0, gradient.length)
            .filter(i -> gradient[i] != 0)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -Math.abs(gradient[i])))
            .mapToInt(Integer::intValue)
            .toArray();
    float[] best = new float[gradient.length];
    float left = epsilon;
    for (int i : steepest) {
      float reach = Math.min(left, box.reach(i, gradient[i] > 0));
      best[i] = Math.copySign(reach, gradient[i]);
      left -= reach;
      if (!(left > 0)) {
        break;
      }
    }
    return best;
  }
}
