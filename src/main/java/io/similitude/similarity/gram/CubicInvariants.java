package io.similitude.similarity.gram;

/**
 * The two numbers of a U-centred matrix A that permutations of the examples leave alone and that
 * the third moment of their null distribution needs: tr A&sup3; and the sum of the cubes of its
 * entries, A at unit Frobenius norm. Large where few directions or few examples dominate.
 *
 * <p>The average over permutations of &lt;A, P B P&#7488;&gt;&sup3; is bilinear in the invariant
 * cubic forms of A and of B. With zero rows and a zero diagonal there are two, those of the
 * triangle and of the triple edge, and the average is t(A)&#7488; G<sup>-1</sup> t(B), with G the 2
 * x 2 matrix of inner products of the two forms on the space of U-centred matrices ({@link
 * CubicForms}).
 *
 * @param triangles tr A&sup3;
 * @param cubes the sum of A<sub>ij</sub>&sup3;
 */
public record CubicInvariants(int n, double triangles, double cubes) {
  /** Of a constant layer, or of one whose skewness is of no account. */
  public static CubicInvariants none(int n) {
    return new CubicInvariants(n, 0, 0);
  }

  /** Of a unit vector that {@link UCentring} wrote. O(n&sup3;). */
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
