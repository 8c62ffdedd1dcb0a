package io.similitude.program;

import java.util.List;

/**
 * Which dimension of a layer's value holds its features. Pooling takes the mean over all others but
 * the examples.
 */
public enum FeatureAxis {
  /** The first one after the examples: examples x channels x height x width. */
  FIRST,
  /** The last one: examples x tokens x features. */
  LAST,
  /** Nothing tells which one, so that there is nothing to pool by. */
  UNKNOWN;

  /** The number of features of a value of a shape, or 0 if nothing tells. */
  long features(List<Integer> shape) {
    return switch (this) {
      case FIRST -> shape.isEmpty() ? 1 : shape.get(0);
      case LAST -> shape.isEmpty() ? 1 : shape.get(shape.size() - 1);
      case UNKNOWN -> 0;
    };
  }

  /** The dimension of a batch of values, where 0 is the examples'; 0 if nothing tells. */
  int dimension(List<Integer> shape) {
    return switch (this) {
      case FIRST -> 1;
      case LAST -> shape.size();
      case UNKNOWN -> 0;
    };
  }
}
