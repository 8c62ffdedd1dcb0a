package io.similitude.similarity.measure;

import java.io.Serializable;

/** Sums over batches of HSIC<sub>1</sub> of each representation with itself, and of its square. */
final class SiteSums implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] sums;
  private final double[] squares;

  SiteSums(int sites) {
    sums = new double[sites];
    squares = new double[sites];
  }

  /** Adds one batch, given as the square roots of HSIC<sub>1</sub>. */
  void add(double[] roots) {
    for (int i = 0; i < roots.length; i++) {
      double hsic = roots[i] * roots[i];
      sums[i] += hsic;
      squares[i] += hsic * hsic;
    }
  }

  double sum(int site) {
    return sums[site];
  }

  double sumOfSquares(int site) {
    return squares[site];
  }
}
