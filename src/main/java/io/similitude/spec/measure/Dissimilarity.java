package io.similitude.spec.measure;

import io.similitude.spec.key.Keyword;

/** How unlike two examples are in a representation whose features are centred within the batch. */
public enum Dissimilarity implements Keyword {
  /** The distance of their features. */
  EUCLIDEAN,
  /** One less the cosine of the angle between their features. */
  COSINE
}
