package io.similitude.spec;

import io.similitude.spec.key.Keyword;

/** What is written to the activations table. */
public enum Activations implements Keyword {
  /** The mean over space or tokens. */
  POOLED,
  /** Every feature. */
  FULL,
  /** Nothing: the table is not written. */
  NONE
}
