package io.similitude.spec;

/** Which estimate of HSIC is taken on a batch. */
public enum Bias implements Keyword {
  /** HSIC_1 (Song et al. 2012); needs four examples, may be negative. */
  UNBIASED
}
