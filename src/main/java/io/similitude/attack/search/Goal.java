package io.similitude.attack.search;

import io.similitude.input.InputException;
import java.util.OptionalInt;

/**
 * The goal of an attack, for all examples.
 *
 * @param target the class that the network should predict; empty: any class but the label
 */
public record Goal(Loss loss, OptionalInt target) {
  /** The loss that the objective is made of. */
  public enum Loss {
    CROSS_ENTROPY,
    DIFFERENCE_OF_LOGITS_RATIO
  }

  /** A goal on the cross-entropy: away from the label, or towards the parameter target. */
  public static Goal of(AttackParameters parameters) {
    return new Goal(Loss.CROSS_ENTROPY, parameters.target());
  }

  /** Whether the example already has the target class. Then the attack does nothing. */
  public boolean isGiven(Subject subject) {
    return target.isPresent() && target.getAsInt() == subject.label();
  }

  public Objective objective(Subject subject) {
    int label = subject.label();
    return switch (loss) {
      case CROSS_ENTROPY ->
          target.isPresent()
              ? CrossEntropy.towards(target.getAsInt())
              : CrossEntropy.awayFrom(label);
      case DIFFERENCE_OF_LOGITS_RATIO -> new DifferenceOfLogitsRatio(label, target);
    };
  }

  /** The function of the logits z that the adversary maximises for one example. */
  public interface Objective {
    double value(float[] logits);

    float[] gradient(float[] logits);

    /**
     * Whether the network is fooled: it predicts the target, or without a target, not the label.
     */
    boolean isReached(float[] logits);

    /** Checks that the logits have a class. */
    static void require(float[] logits, String noun, int label) {
      if (label < 0 || label >= logits.length) {
        throw new InputException(
            "Cannot attack with %s %d: the network has classes 0 to %d (must be one of them)"
                .formatted(noun, label, logits.length - 1));
      }
    }
  }
}
