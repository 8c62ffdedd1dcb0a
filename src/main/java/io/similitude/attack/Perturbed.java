package io.similitude.attack;

import io.similitude.dataset.Examples;
import java.util.Collections;
import java.util.List;

/**
 * The result of an attack on a batch.
 *
 * @param examples the same examples with other pixels
 * @param gradients the state of the gradient at each of them
 */
public record Perturbed(Examples examples, List<GradientState> gradients) {
  public Perturbed {
    gradients = List.copyOf(gradients);
    if (gradients.size() != examples.count()) {
      throw new IllegalArgumentException(
          "Invalid gradients: %d (must be one for each of %d examples)"
              .formatted(gradients.size(), examples.count()));
    }
  }

  /** Examples that no attack has changed. */
  public static Perturbed none(Examples examples) {
    return new Perturbed(examples, Collections.nCopies(examples.count(), GradientState.UNUSED));
  }
}
