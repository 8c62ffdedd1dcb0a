package io.similitude.attack.search;

/**
 * The perturbations d of n variables with |d| at most epsilon in some norm: how to stay inside,
 * where to start, and in which direction to step.
 */
public interface Ball {
  /** The point of the ball nearest to z by Euclidean distance. It overwrites z. */
  float[] project(float[] z);

  /** A random point of the ball, uniform by volume. */
  float[] random(int n, RandomSource.Stream random);

  /** The starting point of an ascent: a random point of the ball, moved into the box, or 0. */
  default float[] start(Box box, boolean anywhere, RandomSource.Stream random) {
    return anywhere ? box.clamp(random(box.variables(), random)) : new float[box.variables()];
  }

  /**
   * A step of length 1 in the ball's norm, along which a function with this gradient grows most, or
   * nearly most. It is 0 if the gradient is 0.
   *
   * @param z where the step starts, inside the box
   * @param box the ranges of the variables
   */
  float[] direction(float[] gradient, float[] z, Box box);
}
