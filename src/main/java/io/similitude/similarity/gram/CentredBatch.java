package io.similitude.similarity.gram;

import java.util.Arrays;

/**
 * Features of a batch, n x p, less their means over all examples: the batch's rows of the whole X.
 */
public final class CentredBatch {
  private final int n;
  private final int p;
  private final double[] x;
  private final double[] norms;
  private final double[] total;

  /**
   * @param x row by row
   */
  public CentredBatch(int n, int p, double[] x) {
    this.n = n;
    this.p = p;
    this.x = x;
    this.norms = new double[n];
    for (int i = 0; i < n; i++) {
      norms[i] = Vectors.dot(x, i * p, x, i * p, p);
    }
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    this.total = sum(ones);
  }

  /** How many examples the batch has. */
  public int n() {
    return n;
  }

  public int p() {
    return p;
  }

  /** X row by row. It is not a copy. */
  public double[] rows() {
    return x;
  }

  /** |x<sub>i</sub>|&sup2;: the batch's entries of the diagonal of K. */
  public double[] norms() {
    return norms;
  }

  /** The sum of the examples, p numbers. */
  public double[] total() {
    return total;
  }

  /** The weighted sum of the examples, p numbers. */
  public double[] sum(double[] weights) {
    double[] sum = new double[p];
    MatrixProducts.add(sum, 1, p, n, weights, 0, n, 1, x);
    return sum;
  }
}
