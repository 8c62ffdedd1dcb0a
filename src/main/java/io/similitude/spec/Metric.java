package io.similitude.spec;

/** A measure of the similarity of two representations. */
public enum Metric implements Keyword {
  /** Centred kernel alignment (Kornblith et al. 2019). */
  CKA
}
