package io.similitude.spec;

import io.similitude.spec.key.Keyword;

/** The pairs of representations that are compared. */
public enum Comparison implements Keyword {
  /** Every pair. */
  ALL,
  /** Pairs of the same checkpoint. */
  WITHIN_CHECKPOINT,
  /** Pairs of layers of the same name. */
  SAME_LAYER,
  /** Pairs that findings read: a few in a thousand of a large sweep. */
  FINDINGS
}
