package io.similitude.spec;

/** What a Gram matrix is made with. */
public enum Kernel implements Keyword {
  /** The inner product of two examples' features. */
  LINEAR
}
