package io.similitude.job;

import io.similitude.spec.SimilaritySpec;
import java.io.Serializable;
import java.util.List;

/**
 * Measures that go through stored activations in the same way.
 *
 * @param passes over all examples; 1 where they are taken together
 */
record Estimation(Way way, int passes, List<SimilaritySpec> measures) implements Serializable {
  /** How examples are taken. */
  enum Way {
    /** All together, by tiles of the Gram matrices or from cross-covariances. */
    EXACT_LINEAR,
    /** All together, as one batch. */
    EXACT,
    /** In batches, which each pass but the first cuts anew. */
    BATCHES
  }

  Estimation {
    measures = List.copyOf(measures);
  }

  /** What its parts are called. */
  String name() {
    return switch (way) {
      case EXACT_LINEAR -> "exact-cka";
      case EXACT -> "exact";
      case BATCHES -> "passes-" + passes;
    };
  }
}
