package io.similitude.attack;

import io.similitude.attack.search.Ball;
import io.similitude.attack.search.Box;
import io.similitude.attack.search.ProjectedAscent;
import java.util.HashSet;
import java.util.Set;

/**
 * Algorithm 1 of Croce and Hein (ICML 2020) for one example, from one start. With P the projection
 * onto the ball and [0, 1], s(x) the ball's step of length 1 at x, eta the step size, 2 epsilon at
 * first, and alpha = 0.75:
 *
 * <pre>
 *   z(k+1) = P(x(k) + eta s(x(k)))
 *   x(k+1) = P(x(k) + alpha (z(k+1) - x(k)) + (1 - alpha) (x(k) - x(k-1)))
 * </pre>
 *
 * and x(1) without momentum. After an iteration k that is a checkpoint w_j, eta is halved and
 * x(k+1) set to the best point so far if either the objective f grew in fewer than rho = 0.75 of
 * the iterations since w_(j-1), or neither eta nor the largest f have changed since (conditions 1
 * and 2). The checkpoints are w_j = ceil(p_j N), p_0 = 0, p_1 = 0.22 and p_(j+1) = p_j + max(p_j -
 * p_(j-1) - 0.03, 0.06).
 */
final class ApgdAscent {
  private static final double ALPHA = 0.75;
  private static final double RHO = 0.75;

  /** The first period, in percent of the iterations. */
  private static final int FIRST_PERIOD = 22;

  private static final int SHORTENING = 3;
  private static final int SHORTEST_PERIOD = 6;

  private final Ball ball;
  private final Box box;
  private final Set<Integer> checkpoints;

  private int looks;
  private double stepSize;
  private float[] x;
  private float[] previous;
  private double value = Double.NEGATIVE_INFINITY;

  private float[] bestX;
  private float[] bestGradient;
  private double bestValue = Double.NEGATIVE_INFINITY;

  /** The number of increases since the last checkpoint, and below the state at that checkpoint. */
  private int increases;

  private int lastCheckpoint;
  private double lastStepSize;
  private double lastBestValue = Double.NEGATIVE_INFINITY;

  /**
   * An ascent of N iterations.
   *
   * @param stepSize the first step size, 2 epsilon
   * @param start inside the ball and the box
   */
  ApgdAscent(Ball ball, Box box, double stepSize, int iterations, float[] start) {
    this.ball = ball;
    this.box = box;
    this.checkpoints = checkpoints(iterations);
    this.stepSize = stepSize;
    this.lastStepSize = stepSize;
    this.x = start;
    this.previous = start;
  }

  /** The current point: the change of the pixels. */
  float[] x() {
    return x;
  }

  /** Takes a step from {@link #x}, where the objective has this value and gradient. */
  void climb(double valueHere, float[] gradientHere) {
    double bestBefore = bestValue;
    if (valueHere > bestValue) {
      bestX = x;
      bestGradient = gradientHere;
      bestValue = valueHere;
    }
    boolean grew = looks > 0 && valueHere > value;
    value = valueHere;
    float[] gradient = gradientHere;
    int iteration = looks - 1;
    if (checkpoints.contains(iteration) && passes(iteration, bestBefore)) {
      stepSize /= 2;
      x = bestX;
      value = bestValue;
      gradient = bestGradient;
    }
    increases += grew ? 1 : 0;
    move(gradient);
    looks++;
  }

  /** Whether condition 1 or 2 is true at a checkpoint. It also begins a new period. */
  private boolean passes(int checkpoint, double bestBefore) {
    boolean growsSeldom = increases < RHO * (checkpoint - lastCheckpoint);
    boolean stands = stepSize == lastStepSize && bestBefore == lastBestValue;
    increases = 0;
    lastCheckpoint = checkpoint;
    lastStepSize = stepSize;
    lastBestValue = bestBefore;
    return growsSeldom || stands;
  }

  private void move(float[] gradient) {
    float[] z = project(ProjectedAscent.moved(x, ball.direction(gradient, x, box), stepSize));
    float[] next = looks == 0 ? z : project(withMomentum(z));
    previous = x;
    x = next;
  }

  private float[] withMomentum(float[] z) {
    float[] next = new float[x.length];
    for (int i = 0; i < next.length; i++) {
      next[i] =
          (float) (x[i] + ALPHA * (z[i] - x[i]) + (1 - ALPHA) * ((double) x[i] - previous[i]));
    }
    return next;
  }

  private float[] project(float[] z) {
    return box.clamp(ball.project(z));
  }

  /**
   * The checkpoints above 0 for this number of iterations, in whole percents, so that p has no
   * rounding error.
   */
  static Set<Integer> checkpoints(int iterations) {
    Set<Integer> checkpoints = new HashSet<>();
    int period = FIRST_PERIOD;
    for (int percent = period; percent <= 100; percent += period) {
      checkpoints.add(Math.toIntExact(((long) percent * iterations + 99) / 100));
      period = Math.max(period - SHORTENING, SHORTEST_PERIOD);
    }
    return checkpoints;
  }
}
