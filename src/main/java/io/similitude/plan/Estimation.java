package io.similitude.plan;

import io.similitude.spec.measure.MeasureSpec;
import java.io.Serializable;
import java.util.List;

/**
 * Measures that go through stored activations in the same way.
 *
 * @param passes over all examples; 1 where they are taken together
 */
public record Estimation(Way way, int passes, List<MeasureSpec> measures) implements Serializable {
  /** How examples are taken. */
  public enum Way {
    /** All together, by tiles of the Gram matrices or from cross-covariances. */
    EXACT_LINEAR,
    /** All together, as one batch. */
    EXACT,
    /** In batches, which each pass but the first cuts anew. */
    BATCHES
  }

  public Estimation {
    measures = List.copyOf(measures);
  }

  /** What its parts are called. */
  public String name() {
    return switch (way) {
      case EXACT_LINEAR -> "exact-cka";
      case EXACT -> "exact";
      case BATCHES -> "passes-" + passes;
    };
  }
}
