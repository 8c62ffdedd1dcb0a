package io.similitude.plan;

import io.similitude.attack.Attack;
import io.similitude.attack.Attacks;
import io.similitude.spec.ViewSpec;
import java.io.Serializable;

/**
 * How the inputs of a unit are perturbed.
 *
 * @param view the view with its attack
 * @param adversary the checkpoint that the attack is made against
 * @param digest of everything that determines the inputs; units with the same digest are shown the
 *     same inputs
 */
public record Perturbing(ViewSpec view, CheckpointSource adversary, String digest)
    implements Serializable {
  /**
   * The fingerprint of the attack. It includes the source of randomness, so that equal attacks have
   * equal fingerprints.
   */
  public String attack() {
    return attack(view).fingerprint();
  }

  public static Attack attack(ViewSpec view) {
    return Attacks.create(view);
  }

  /** The place in the run's folder of inputs that more than one unit is shown. */
  public String file() {
    return "_crafted/" + digest + ".npy";
  }

  /** The place of the gradients that the attack found at each of them. */
  public String gradientFile() {
    return "_crafted/" + digest + "-gradients.npy";
  }
}
