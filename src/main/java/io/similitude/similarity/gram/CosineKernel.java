package io.similitude.similarity.gram;

/**
 * The kernel K<sub>ij</sub> / sqrt(K<sub>ii</sub> K<sub>jj</sub>), the cosine of the angle between
 * the centred features of two examples.
 *
 * <p>An example that lies at the mean of the batch has no direction: its kernel is 0, with itself
 * too. Invariant to rotation, scale and, because of the centring, shift of the features, and to the
 * length of each example's.
 */
record CosineKernel() implements GramKernel {
  @Override
  public double[] packed(DenseGram gram) {
    return GramKernel.packed(gram.n(), gram::cosine);
  }
}
