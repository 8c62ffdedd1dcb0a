package io.similitude.attack.search;

/** The rule by which an attack moves its variables. */
public interface Ascent {
  /** The starting point, also after a restart. */
  float[] start(RandomSource.Stream random);

  /**
   * The next point after {@code variables}, in a new array.
   *
   * @param value of the objective there
   * @param gradient of the objective by the variables there
   * @param step from 0
   */
  float[] next(float[] variables, double value, float[] gradient, int step);

  /** Whether the result is the best image of all steps. If not, it is the last image. */
  default boolean keepsBest() {
    return false;
  }
}
