package io.similitude.attack.search;

/**
 * The perturbations d of n variables with |d| at most epsilon in some norm: how to stay inside,
 * where to start, and which way is up.
 */
public interface Ball {
  /** The point of the ball nearest to z by Euclidean distance; writes over z. */
  float[] project(float[] z);

  /** A point of the ball, uniform by volume. */
  float[] random(int n, RandomSource.Stream random);

  /** Where an ascent starts: anywhere in the ball, moved into the box, or at 0. */
  default float[] start(Box box, boolean anywhere, RandomSource.Stream random) {
    return anywhere ? box.clamp(random(box.variables(), random)) : new float[box.variables()];
  }

  /**
   * A step of length 1 in the ball's norm, along which a function with this gradient grows most or
   * nearly so; 0 where the gradient is.
   *
   * @param z where the step starts, inside the box
   * @param box the ranges of the variables
   */
  float[] direction(float[] gradient, float[] z, Box box);
}
