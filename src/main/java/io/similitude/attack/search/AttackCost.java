package io.similitude.attack.search;

/**
 * The most that an attack costs for one example. An early stop may reduce it.
 *
 * @param forward forward passes
 * @param backward passes back to the input; each follows one of the forward passes
 */
public record AttackCost(long forward, long backward) {
  public static final AttackCost NONE = new AttackCost(0, 0);

  /**
   * The number of forward passes with the same number of operations. A backward pass to the input
   * costs as much as a forward pass, because no weight gets a gradient.
   */
  public long passes() {
    return Math.addExact(forward, backward);
  }
}
