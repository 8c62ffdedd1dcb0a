package io.similitude.plan;

import io.similitude.attack.Attack;
import io.similitude.attack.Attacks;
import io.similitude.spec.ViewSpec;
import java.io.Serializable;

/**
 * How the inputs of a unit are perturbed.
 *
 * @param view with its attack
 * @param adversary the checkpoint that the attack is made against
 * @param digest of everything that shapes the inputs: units of one digest are shown the same
 */
public record Perturbing(ViewSpec view, CheckpointSource adversary, String digest)
    implements Serializable {
  /** The attack's fingerprint. It names the source of randomness, so that equal attacks agree. */
  public String attack() {
    return attack(view).fingerprint();
  }

  public static Attack attack(ViewSpec view) {
    return Attacks.create(view);
  }

  /** Where the run's folder holds inputs that more than one unit is shown. */
  public String file() {
    return "_crafted/" + digest + ".npy";
  }

  /** Where it holds what the attack met at each of them. */
  public String gradientFile() {
    return "_crafted/" + digest + "-gradients.npy";
  }
}
