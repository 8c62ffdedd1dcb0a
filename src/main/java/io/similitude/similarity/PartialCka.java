package io.similitude.similarity;

/**
 * CKA of two representations given others, such as pixels or labels: what they share beyond what
 * the others explain.
 *
 * <p>From the matrix S of the sums over batches of HSIC of every two of a, b and the given g:
 *
 * <pre>
 *   S_ab|g = S_ab - S_ag S_gg^-1 S_gb,   CKA(a, b | g) = S_ab|g / sqrt(S_aa|g S_bb|g).
 * </pre>
 *
 * <p>S holds inner products of centred kernel matrices, so the Schur complement is the inner
 * product of the residuals when those of a and b are regressed on those of g, and the ratio is
 * their partial correlation. With one g and unbiased HSIC of distances it is partial distance
 * correlation (Szekely and Rizzo). Cui et al. regress and correlate the same way, but uncentred
 * kernel matrices on the input's, and centre after; here the centring comes first, so that the
 * regression needs no intercept.
 *
 * <p>Symmetric, between -1 and 1; 1 of a representation with itself; with no g CKA itself. A
 * representation of whose HSIC with itself 1e-10 or less is left is explained by what is given, and
 * has none: {@link Status#EXPLAINED_BY_GIVEN}. A g that the g before it explain adds nothing.
 *
 * <p>Sources: G. J. Szekely, M. L. Rizzo, Partial distance correlation with methods for
 * dissimilarities, Annals of Statistics 42 (2014), section 3; T. Cui, Y. Kumar, P. Marttinen, S.
 * Kaski, Deconfounded representation similarity for comparison of neural networks, NeurIPS 2022.
 */
public final class PartialCka {
  private static final double VANISHING = 1e-10;

  private PartialCka() {}

  /**
   * The partial CKA of the first two representations, given all others.
   *
   * @param s symmetric, positive semidefinite up to rounding; a, b and the given ones
   * @throws IllegalArgumentException if it is not square, at least 2 x 2 and finite
   */
  public static Similarity of(double[][] s) {
    int m = s.length;
    requireSquare(s);
    if (!(s[0][0] > 0) || !(s[1][1] > 0)) {
      return MinibatchCka.ratio(s[0][1], s[0][0], s[1][1]);
    }
    double[][] rest = unitDiagonal(s);
    for (int g = 2; g < m; g++) {
      if (rest[g][g] > VANISHING) {
        sweepOut(rest, g);
      }
    }
    if (!(rest[0][0] > VANISHING) || !(rest[1][1] > VANISHING)) {
      return Similarity.missing(Status.EXPLAINED_BY_GIVEN);
    }
    return MinibatchCka.ratio(rest[0][1], rest[0][0], rest[1][1]);
  }

  /** Scales of the representations do not matter; zero for one that is constant. */
  private static double[][] unitDiagonal(double[][] s) {
    double[][] unit = new double[s.length][s.length];
    for (int i = 0; i < s.length; i++) {
      for (int j = 0; j < s.length; j++) {
        boolean isConstant = !(s[i][i] > 0 && s[j][j] > 0);
        unit[i][j] = isConstant ? 0 : s[i][j] / (Math.sqrt(s[i][i]) * Math.sqrt(s[j][j]));
      }
    }
    return unit;
  }

  /** One step of the Schur complement: the residuals of all after a regression on g. */
  private static void sweepOut(double[][] s, int g) {
    double[] along = s[g].clone();
    double square = along[g];
    for (int i = 0; i < s.length; i++) {
      for (int j = 0; j < s.length; j++) {
        s[i][j] -= along[i] * along[j] / square;
      }
    }
  }

  private static void requireSquare(double[][] s) {
    for (double[] row : s) {
      if (s.length < 2 || row.length != s.length) {
        throw new IllegalArgumentException(
            "Invalid matrix of HSIC: %d x %d (must be square, at least 2 x 2)"
                .formatted(s.length, row.length));
      }
      for (double entry : row) {
        if (!Double.isFinite(entry)) {
          throw new IllegalArgumentException("Invalid HSIC: " + entry + " (must be finite)");
        }
      }
    }
  }
}
