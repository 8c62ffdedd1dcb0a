package io.similitude.similarity.gram;

/**
 * Features of a batch, n x p, less their means over all examples: the batch's rows of the whole X.
 */
public final class CentredBatch {
  private final int n;
  private final int p;
  private final double[] x;
  private final double[] norms;

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

  /** X Y&#7488; with Y another batch of this representation: a tile of K, row by row. */
  public double[] gram(CentredBatch other) {
    double[] tile = new double[Math.multiplyExact(n, other.n)];
    MatrixProducts.add(tile, n, other.n, p, x, 0, p, 1, other.transposed());
    return tile;
  }

  /** The weighted sum of the examples, p numbers. */
  public double[] sum(double[] weights) {
    double[] sum = new double[p];
    MatrixProducts.add(sum, 1, p, n, weights, 0, n, 1, x);
    return sum;
  }

  private double[] transposed() {
    double[] columns = new double[x.length];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < p; j++) {
        columns[j * n + i] = x[i * p + j];
      }
    }
    return columns;
  }
}
