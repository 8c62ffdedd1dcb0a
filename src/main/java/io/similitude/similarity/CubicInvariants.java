package io.similitude.similarity;

/**
 * The two numbers of a U-centred matrix A that permutations of the examples leave alone and that
 * the third moment of their null distribution needs: tr A&sup3; and the sum of the cubes of its
 * entries, A at unit Frobenius norm. Large where few directions or few examples dominate.
 *
 * <p>The average over permutations of &lt;A, P B P&#7488;&gt;&sup3; is bilinear in the invariant
 * cubic forms of A and of B. With zero rows and a zero diagonal there are two, those of the
 * triangle and of the triple edge, and the average is t(A)&#7488; G<sup>-1</sup> t(B), with G the 2
 * x 2 matrix of inner products of the two forms on the space of U-centred matrices. With under 6
 * examples the forms are proportional, and the first alone is taken.
 *
 * @param triangles tr A&sup3;
 * @param cubes the sum of A<sub>ij</sub>&sup3;
 */
public record CubicInvariants(int n, double triangles, double cubes) {
  private static final int INDEPENDENT_FORMS = 6;

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
    Overlaps p = Overlaps.of(n);
    double tt = p.trianglesWithTriangles();
    if (n < INDEPENDENT_FORMS) {
      return triangles * other.triangles / tt;
    }
    double tc = p.trianglesWithCubes();
    double cc = p.cubesWithCubes();
    double products = triangles * other.triangles * cc + cubes * other.cubes * tt;
    double crossed = triangles * other.cubes + cubes * other.triangles;
    return (products - crossed * tc) / (tt * cc - tc * tc);
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

  /**
   * The projection onto U-centred matrices, entry (ij, kl): by how many of i, j are among k, l.
   *
   * @param both 2 of them
   * @param one 1
   * @param none 0
   */
  private record Overlaps(int n, double both, double one, double none) {
    /** The trace is the dimension, and rows sum to zero. */
    static Overlaps of(int n) {
      double both = (n - 3.0) / (2 * (n - 1.0));
      double one = -both / (n - 2);
      return new Overlaps(n, both, one, -2 * one / (n - 3));
    }

    double cubesWithCubes() {
      double disjoint = (n - 2.0) * (n - 3);
      return n * (n - 1.0) * (2 * cube(both) + 4 * (n - 2.0) * cube(one) + disjoint * cube(none));
    }

    double trianglesWithCubes() {
      double inside = 6 * both * one * one;
      double touching = 6 * (n - 3.0) * one * one * none;
      double outside = (n - 3.0) * (n - 4) * cube(none);
      return n * (n - 1.0) * (n - 2) * (inside + touching + outside);
    }

    /** Over where the corners u, v, w of one triangle lie on the other, 3 for outside of it. */
    double trianglesWithTriangles() {
      double sum = 0;
      for (int u = 0; u < 4; u++) {
        for (int v = 0; v < 4; v++) {
          for (int w = 0; w < 4; w++) {
            sum += places(u, v, w) * edge(0, 1, u, v) * edge(1, 2, v, w) * edge(2, 0, w, u);
          }
        }
      }
      return n * (n - 1.0) * (n - 2) * sum;
    }

    private double edge(int i, int j, int u, int v) {
      int common = (u == i || u == j ? 1 : 0) + (v == i || v == j ? 1 : 0);
      return common == 2 ? both : common == 1 ? one : none;
    }

    /** In how many ways the corners outside can be chosen; none if two are the same inside. */
    private double places(int u, int v, int w) {
      boolean isTwice = (u == v && u < 3) || (v == w && v < 3) || (w == u && w < 3);
      double places = isTwice ? 0 : 1;
      int outside = (u == 3 ? 1 : 0) + (v == 3 ? 1 : 0) + (w == 3 ? 1 : 0);
      for (int k = 0; k < outside; k++) {
        places *= n - 3 - k;
      }
      return places;
    }

    private static double cube(double x) {
      return x * x * x;
    }
  }
}
