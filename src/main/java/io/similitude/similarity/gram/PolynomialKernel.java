package io.similitude.similarity.gram;

/**
 * The kernel (K<sub>ij</sub> / c + offset)<sup>degree</sup> with c = tr K / n, the mean squared
 * norm of an example's centred features.
 *
 * <p>The division by c is a choice. One offset then has the same meaning for every representation.
 * The kernel is invariant to scale, rotation and, because of the centring, shift of the features.
 * The constant offset<sup>degree</sup> is subtracted here, because centring removes it anyway.
 */
record PolynomialKernel(int degree, double offset) implements GramKernel {
  PolynomialKernel {
    if (degree < 1) {
      throw new IllegalArgumentException("Invalid degree: " + degree + " (must be at least 1)");
    }
    if (!(offset >= 0 && offset < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Invalid offset: " + offset + " (must be a number, at least 0)");
    }
  }

  @Override
  public double[] packed(DenseGram gram) {
    double trace = 0;
    for (int i = 0; i < gram.n(); i++) {
      trace += gram.get(i, i);
    }
    double scale = trace > 0 ? gram.n() / trace : 0;
    double constant = Math.pow(offset, degree);
    return GramKernel.packed(
        gram.n(), (i, j) -> Math.pow(gram.get(i, j) * scale + offset, degree) - constant);
  }
}
