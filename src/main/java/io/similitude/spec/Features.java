package io.similitude.spec;

import io.similitude.spec.key.Keyword;

/** The features of a layer that its Gram matrix is made from. */
public enum Features implements Keyword {
  /** Every feature: channels x height x width, or tokens x width. */
  FULL,
  /** The mean over space or tokens: one feature per channel. */
  POOLED
}
