package io.similitude.program;

/**
 * The reduction of a tapped value, for a batch of n examples. The program applies it before the
 * next operation runs.
 */
public enum Reduction {
  /**
   * The Gram matrix of the value's features, each centred over the batch: n x n. Only the upper
   * triangle is computed. The corner below the diagonal (row n - 1, column 0) holds an exponent:
   * the matrix is the upper triangle times that power of two. The other entries are undefined.
   */
  GRAM("similitude_gram(%s, )"),
  /** {@link #GRAM} of the {@link #POOLED} features. */
  POOLED_GRAM("similitude_gram(__torch__.similitude_pooled(%s, %s, ), )"),
  /**
   * The mean over space or tokens, n x features; n x 0 if the dimension of the features is unknown.
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
