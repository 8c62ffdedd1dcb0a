package io.similitude.attack.search;

/** How an attack moves its variables. */
public interface Ascent {
  /** Where it starts; again after a restart. */
  float[] start(RandomSource.Stream random);

  /**
   * Where it goes from some variables, in a new array.
   *
   * @param value of the objective there
   * @param gradient of the objective by the variables there
   * @param step from 0
   */
  float[] next(float[] variables, double value, float[] gradient, int step);

  /** Whether the result is the best image on the way; otherwise it is where the ascent ends. */
  default boolean keepsBest() {
    return false;
  }
}
