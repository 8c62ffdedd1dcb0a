package io.similitude.program;

import java.util.List;

/**
 * The dimension of a layer's value that holds its features. Pooling takes the mean over all other
 * dimensions except that of the examples.
 */
public enum FeatureAxis {
  /** The first one after the examples: examples x channels x height x width. */
  FIRST,
  /** The last one: examples x tokens x features. */
  LAST,
  /** The dimension is unknown, so the value cannot be pooled. */
  UNKNOWN;

  /** The number of features of a value of a shape, or 0 if it is unknown. */
  long features(List<Integer> shape) {
    return switch (this) {
      case FIRST -> shape.isEmpty() ? 1 : shape.get(0);
      case LAST -> shape.isEmpty() ? 1 : shape.get(shape.size() - 1);
      case UNKNOWN -> 0;
    };
  }

  /**
   * The dimension in a batch of values, where dimension 0 holds the examples; 0 if it is unknown.
   */
  int dimension(List<Integer> shape) {
    return switch (this) {
      case FIRST -> 1;
      case LAST -> shape.size();
      case UNKNOWN -> 0;
    };
  }
}
