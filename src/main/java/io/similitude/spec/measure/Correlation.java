package io.similitude.spec.measure;

import io.similitude.spec.key.Keyword;

/** How two sets of dissimilarities are correlated. */
public enum Correlation implements Keyword {
  /** Of ranks; ties get the mean of their ranks. */
  SPEARMAN,
  /** Of the numbers themselves. */
  PEARSON
}
