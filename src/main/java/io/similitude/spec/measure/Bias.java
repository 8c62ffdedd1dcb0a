package io.similitude.spec.measure;

import io.similitude.spec.key.Keyword;

/** Which estimate of a dependence is taken on a batch. */
public enum Bias implements Keyword {
  /** Of HSIC, HSIC_1 (Song et al. 2012); needs four examples, may be negative. */
  UNBIASED,
  /** Of HSIC, HSIC_0 (Gretton et al. 2005); grows with features per example. */
  BIASED
}
