package io.similitude.attack;

import io.similitude.dataset.Examples;
import java.util.Collections;
import java.util.List;

/**
 * What an attack made of a batch.
 *
 * @param examples the same examples with other pixels
 * @param gradients what the attack met at each of them
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

  /** Examples that nothing was done to. */
  public static Perturbed none(Examples examples) {
    return new Perturbed(examples, Collections.nCopies(examples.count(), GradientState.UNUSED));
  }
}
