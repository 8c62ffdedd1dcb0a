package io.similitude.analysis;

import java.util.Objects;
import java.util.Optional;

/**
 * How many examples of a view a checkpoint got right; under a view with an attack this is its
 * robust accuracy.
 *
 * @param success of the view's attack; absent where the view has none, or where there is no view
 *     without attack to compare it with
 * @param perturbation that the view's attack used; absent where it has none
 * @param masking of the gradients that the view's attack asked for; absent where it asked for none
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

  /** Under a view without attack. */
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
