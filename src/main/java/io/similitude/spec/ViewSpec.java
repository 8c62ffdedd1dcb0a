package io.similitude.spec;

import static java.util.Objects.requireNonNull;

import io.similitude.spec.key.Ids;
import java.io.Serializable;
import java.util.Optional;

/**
 * The form in which examples are shown to a checkpoint: unperturbed or perturbed.
 *
 * @param id its name in tables and report
 * @param attack the attack that perturbs them; empty: none
 * @param craftOn the checkpoint that the attack is made against, for all checkpoints that get the
 *     result; empty: the checkpoint that gets the result. Only with an attack
 * @param keepInputs whether the perturbed examples are written too. Only with an attack
 * @param data the name of the data set that is shown; empty: the spec's first
 */
public record ViewSpec(
    String id,
    Optional<AttackSpec> attack,
    Optional<String> craftOn,
    boolean keepInputs,
    Optional<String> data)
    implements Serializable {
  /** The default view of a spec that names none. */
  public static final ViewSpec BENIGN = new ViewSpec("benign");

  public ViewSpec {
    Ids.require("view id", id);
    requireNonNull(attack, "attack");
    requireNonNull(craftOn, "craftOn");
    requireNonNull(data, "data");
    if (attack.isEmpty() && (craftOn.isPresent() || keepInputs)) {
      throw new IllegalArgumentException(
          "Invalid view " + id + ": craft-on or keep-inputs (must have an attack)");
    }
  }

  /** A view of the unperturbed examples. */
  public ViewSpec(String id) {
    this(id, Optional.empty(), Optional.empty(), false);
  }

  /** A view of the spec's first data set. */
  public ViewSpec(
      String id, Optional<AttackSpec> attack, Optional<String> craftOn, boolean keepInputs) {
    this(id, attack, craftOn, keepInputs, Optional.empty());
  }

  private Object writeReplace() {
    return new Serialized(
        id, attack.orElse(null), craftOn.orElse(null), keepInputs, data.orElse(null));
  }

  /** The serialized form, with null for absent parts: an Optional is not serializable. */
  private record Serialized(
      String id, AttackSpec attack, String craftOn, boolean keepInputs, String data)
      implements Serializable {
    private Object readResolve() {
      return new ViewSpec(
          id,
          Optional.ofNullable(attack),
          Optional.ofNullable(craftOn),
          keepInputs,
          Optional.ofNullable(data));
    }
  }
}
