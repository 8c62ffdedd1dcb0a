package io.similitude.attack;

/** How an attack moves its variables. */
interface Ascent {
  /** Where it starts; again after a restart. */
  float[] start(RandomStream random);

  /**
   * Where it goes from some variables, in a new array.
   *
   * @param step from 0
   */
  float[] next(float[] variables, float[] gradient, int step);
}
