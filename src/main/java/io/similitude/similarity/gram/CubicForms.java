package io.similitude.similarity.gram;

/**
 * The inverse of the 2 x 2 matrix G of {@link CubicInvariants}: G holds the inner products of the
 * cubic forms of the triangle and of the triple edge on U-centred matrices of n examples. With
 * fewer than 6 examples the two forms are proportional, and only the first is used.
 *
 * @param tt of triangles with triangles
 * @param tc of triangles with cubes
 * @param cc of cubes with cubes
 */
public record CubicForms(double tt, double tc, double cc) {
  private static final int INDEPENDENT_FORMS = 6;

  public static CubicForms of(int n) {
    Overlaps p = Overlaps.of(n);
    double tt = p.trianglesWithTriangles();
    if (n < INDEPENDENT_FORMS) {
      return new CubicForms(1 / tt, 0, 0);
    }
    double tc = p.trianglesWithCubes();
    double cc = p.cubesWithCubes();
    double determinant = tt * cc - tc * tc;
    return new CubicForms(cc / determinant, -tc / determinant, tt / determinant);
  }

  /** The first coordinate of G<sup>-1</sup> t. */
  public double ofTriangles(double triangles, double cubes) {
    return tt * triangles + tc * cubes;
  }

  /** The second coordinate of G<sup>-1</sup> t. */
  public double ofCubes(double triangles, double cubes) {
    return tc * triangles + cc * cubes;
  }

  /**
   * The projection onto U-centred matrices. Its entry (ij, kl) depends on how many of i, j are
   * among k, l.
   *
   * @param both the entry if both are
   * @param one the entry if one is
   * @param none the entry if none is
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

    /**
     * Sums over the positions of the corners u, v, w of one triangle on the other; 3 means outside
     * of it.
     */
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

    /** The number of ways to choose the corners outside; 0 if two corners inside are equal. */
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
