package io.similitude.job;

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
record Crafting(ViewSpec view, CheckpointSource adversary, String digest) implements Serializable {
  /** The attack's fingerprint. It names the source of randomness, so that equal attacks agree. */
  String attack() {
    return attack(view).fingerprint();
  }

  static Attack attack(ViewSpec view) {
    return Attacks.create(view);
  }

  /** Where the run's folder holds inputs that more than one unit is shown. */
  String file() {
    return "_crafted/" + digest + ".npy";
  }
}
