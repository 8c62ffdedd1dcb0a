package io.similitude.analysis;

import java.util.Objects;
import java.util.Optional;

/**
 * The number of examples of a view that a checkpoint classifies correctly. Under a view with an
 * attack this is its robust accuracy.
 *
 * @param success of the view's attack; absent if the view has no attack, or if there is no view
 *     without attack to compare with
 * @param perturbation that the view's attack used; absent if the view has no attack
 * @param masking of the gradients that the view's attack requested; absent if it requested none
 */
public record Accuracy(
    CheckpointView shown,
    long correct,
    long examples,
    Optional<AttackSuccess> success,
    Optional<PerturbationSize> perturbation,
    Optional<GradientMasking> masking) {
  public Accuracy {
    Objects.requireNonNull(shown);
    Objects.requireNonNull(success);
    Objects.requireNonNull(perturbation);
    Objects.requireNonNull(masking);
    if (correct < 0 || correct > examples || examples == 0) {
      throw new IllegalArgumentException(
          "Invalid accuracy: %d of %d examples correct".formatted(correct, examples));
    }
  }

  /** The accuracy under a view without attack. */
  public Accuracy(CheckpointView shown, long correct, long examples) {
    this(shown, correct, examples, Optional.empty(), Optional.empty(), Optional.empty());
  }

  public Accuracy with(AttackSuccess measured) {
    return new Accuracy(shown, correct, examples, Optional.of(measured), perturbation, masking);
  }

  public Accuracy with(PerturbationSize used) {
    return new Accuracy(shown, correct, examples, success, Optional.of(used), masking);
  }

  public Accuracy with(GradientMasking met) {
    return new Accuracy(shown, correct, examples, success, perturbation, Optional.of(met));
  }

  public double fraction() {
    return (double) correct / examples;
  }
}
