package io.similitude.plan;

import io.similitude.spec.measure.MeasureSpec;
import java.io.Serializable;
import java.util.List;

/**
 * Measures that read the stored activations in the same way.
 *
 * @param passes over all examples; 1 if all examples are used together
 */
public record Estimation(Way way, int passes, List<MeasureSpec> measures) implements Serializable {
  /** How examples are used. */
  public enum Way {
    /** All examples together, by tiles of the Gram matrices or from cross-covariances. */
    EXACT_LINEAR,
    /** All examples together, as one batch. */
    EXACT,
    /** In batches. Each pass except the first divides the examples into new batches. */
    BATCHES
  }

  public Estimation {
    measures = List.copyOf(measures);
  }

  /** The name of its parts. */
  public String name() {
    return switch (way) {
      case EXACT_LINEAR -> "exact-cka";
      case EXACT -> "exact";
      case BATCHES -> "passes-" + passes;
    };
  }
}
