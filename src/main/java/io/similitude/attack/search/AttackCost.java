package io.similitude.attack.search;

/**
 * What an attack takes for one example at most: an early stop may make it less.
 *
 * @param forward forward passes
 * @param backward passes back to the input; each follows one of the forward passes
 */
public record AttackCost(long forward, long backward) {
  public static final AttackCost NONE = new AttackCost(0, 0);

  /**
   * Forward passes that take as many operations. A pass back to the input has the operations of a
   * forward pass, because no weight gets a gradient.
   */
  public long passes() {
    return Math.addExact(forward, backward);
  }
}
