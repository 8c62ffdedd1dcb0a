package io.similitude.spec;

import io.similitude.spec.key.Keyword;

/** The features that are written to the activations table. */
public enum Activations implements Keyword {
  /** The mean over space or tokens. */
  POOLED,
  /** Every feature. */
  FULL,
  /** No features: the table is not written. */
  NONE
}
