package io.similitude.similarity.gram;

/**
 * Two numbers of a U-centred matrix A that permutations of the examples do not change. The third
 * moment of the null distribution needs them. They are tr A&sup3; and the sum of the cubes of its
 * entries, with A at unit Frobenius norm. They are large if few directions or few examples
 * dominate.
 *
 * <p>The average over permutations of &lt;A, P B P&#7488;&gt;&sup3; is bilinear in the invariant
 * cubic forms of A and of B. Matrices with zero row sums and a zero diagonal have two such forms:
 * that of the triangle and that of the triple edge. So the average is t(A)&#7488; G<sup>-1</sup>
 * t(B), with G the 2 x 2 matrix of inner products of the two forms on the space of U-centred
 * matrices ({@link CubicForms}).
 *
 * @param triangles tr A&sup3;
 * @param cubes the sum of A<sub>ij</sub>&sup3;
 */
public record CubicInvariants(int n, double triangles, double cubes) {
  /** The invariants of a constant layer, or of a layer whose skewness is not used. */
  public static CubicInvariants none(int n) {
    return new CubicInvariants(n, 0, 0);
  }

  /** The invariants of a unit vector that {@link UCentring} wrote. O(n&sup3;). */
  public static CubicInvariants of(int n, double[] vector) {
    double[] a = full(n, vector);
    double triangles = 0;
    double cubes = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double entry = a[i * n + j];
        triangles += entry * Vectors.dot(a, i * n, a, j * n, n);
        cubes += entry * entry * entry;
      }
    }
    return new CubicInvariants(n, triangles, cubes);
  }

  /** E r&sup3; over all permutations of the examples of one of the two. */
  public double thirdMoment(CubicInvariants other) {
    if (n != other.n) {
      throw new IllegalArgumentException(
          "Invalid invariants: n = %d (must be %d)".formatted(other.n, n));
    }
    CubicForms forms = CubicForms.of(n);
    return triangles * forms.ofTriangles(other.triangles, other.cubes)
        + cubes * forms.ofCubes(other.triangles, other.cubes);
  }

  private static double[] full(int n, double[] vector) {
    double[] a = new double[n * n];
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++, at++) {
        a[i * n + j] = vector[at] / Math.sqrt(2);
        a[j * n + i] = a[i * n + j];
      }
    }
    return a;
  }
}
