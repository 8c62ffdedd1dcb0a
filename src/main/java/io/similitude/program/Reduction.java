package io.similitude.program;

/**
 * What becomes of a tapped value, a batch of n examples, inside the program, before the next
 * operation runs.
 */
public enum Reduction {
  /**
   * The Gram matrix of the value's features, each centred over the batch: n x n, of which the upper
   * triangle is computed, and the corner below the diagonal (row n - 1, column 0) holds an
   * exponent: the matrix is the upper triangle times that power of two. The rest is undefined.
   */
  GRAM("similitude_gram(%s, )"),
  /** {@link #GRAM} of the {@link #POOLED} features. */
  POOLED_GRAM("similitude_gram(__torch__.similitude_pooled(%s, %s, ), )"),
  /**
   * The mean over space or tokens, n x features; n x 0 where nothing tells where the features lie.
   */
  POOLED("similitude_pooled(%s, %s, )"),
  /** The value itself. */
  WHOLE("similitude_whole(%s, )");

  private final String call;

  Reduction(String call) {
    this.call = call;
  }

  /** Whether it makes a Gram matrix. */
  public boolean isGram() {
    return this == GRAM || this == POOLED_GRAM;
  }

  /**
   * The expression that reduces a variable.
   *
   * @param features an expression for the {@link FeatureAxis#dimension} of the variable's features
   */
  public String of(String variable, String features) {
    return "__torch__." + call.formatted(variable, features);
  }
}
