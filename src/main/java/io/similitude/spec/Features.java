package io.similitude.spec;

import io.similitude.spec.key.Keyword;

/** Which features of a layer its Gram matrix is made of. */
public enum Features implements Keyword {
  /** Every feature: channels x height x width, or tokens x width. */
  FULL,
  /** The mean over space or tokens: one feature a channel. */
  POOLED
}
