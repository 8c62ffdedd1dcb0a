package io.similitude.similarity.gram;

import java.util.Arrays;

/**
 * The directions of a representation in the space of examples: X = U diag(s) V&#7488; with U, n x
 * r, orthonormal and s descending; V is not needed. r is the rank: values that can come from
 * rounding alone are left out.
 */
public final class Spectrum {
  private final int n;
  private final double[] u;
  private final double[] values;
  private final boolean isCut;
  private final boolean isWide;

  /**
   * @param u r vectors of n, one after the other
   */
  private Spectrum(int n, double[] u, double[] values, boolean isCut, boolean isWide) {
    this.n = n;
    this.u = u;
    this.values = values;
    this.isCut = isCut;
    this.isWide = isWide;
  }

  /**
   * The spectrum from the singular value decomposition of X. The rank is that of NumPy: it counts
   * values above max(n, p) 2^-52 s_1.
   */
  static Spectrum ofFeatures(CentredFeatures x) {
    Lapack.Decomposition svd = Lapack.svd(x.n(), x.p(), x.columnMajor());
    double[] s = svd.values();
    double least = s[0] * Math.max(x.n(), x.p()) * 0x1p-52;
    int rank = 0;
    while (rank < s.length && s[rank] > least) {
      rank++;
    }
    return of(x.n(), svd.vectors(), s, rank, false, x.p() >= x.n());
  }

  /**
   * The spectrum from the eigenvalues l = s&sup2; of K = X X&#7488;.
   *
   * @param tolerance the most that rounding can make of an eigenvalue 0, in units of the first
   * @param noise what rounding usually makes of an eigenvalue 0; a value between the two may be a
   *     direction or rounding
   * @param isWide whether X is known to have as many features as examples
   */
  static Spectrum ofGram(int n, double[] k, double tolerance, double noise, boolean isWide) {
    Lapack.Decomposition eigen = Lapack.eigen(n, k);
    double[] s = new double[n];
    int rank = 0;
    double least = tolerance * eigen.values()[0];
    while (rank < n && eigen.values()[rank] > Math.max(0, least)) {
      s[rank] = Math.sqrt(eigen.values()[rank]);
      rank++;
    }
    boolean isCut = rank > 0 && rank < n && eigen.values()[rank] > noise * eigen.values()[0];
    return of(n, eigen.vectors(), s, rank, isCut, isWide);
  }

  private static Spectrum of(
      int n, double[] u, double[] values, int rank, boolean isCut, boolean isWide) {
    return new Spectrum(n, Arrays.copyOf(u, n * rank), Arrays.copyOf(values, rank), isCut, isWide);
  }

  public int n() {
    return n;
  }

  public int rank() {
    return values.length;
  }

  /** Whether rounding may hide some directions. */
  public boolean isCut() {
    return isCut;
  }

  /**
   * Whether there are at least as many features as examples. Then the hidden directions fill the
   * space.
   */
  public boolean isWide() {
    return isWide;
  }

  public double[] values() {
    return values;
  }

  /** The first r directions. */
  public Spectrum truncated(int r) {
    return r >= rank() ? this : of(n, u, values, r, isCut, isWide);
  }

  /** The least number of directions that hold the fraction of the variance, sum of s&sup2;. */
  public int rankOfVariance(double fraction) {
    double total = Vectors.dot(values, values);
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i] * values[i];
      if (sum >= fraction * total) {
        return i + 1;
      }
    }
    return values.length;
  }

  /** U&#7488; W of another representation on the same batch, r x s, row by row. */
  public double[] cosines(Spectrum other) {
    return Vectors.products(u, rank(), other.u, other.rank(), n);
  }

  /** U c for a vector c of r coefficients. */
  public double[] combination(double[] c) {
    double[] h = new double[n];
    for (int k = 0; k < rank(); k++) {
      for (int i = 0; i < n; i++) {
        h[i] += c[k] * u[k * n + i];
      }
    }
    return h;
  }
}
