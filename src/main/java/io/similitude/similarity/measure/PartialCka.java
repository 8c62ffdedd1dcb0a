package io.similitude.similarity.measure;

import java.util.List;

/**
 * CKA of two representations given others, such as pixels or labels. It measures the similarity
 * that the others do not explain.
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
 * correlation (Szekely and Rizzo). Cui et al. regress and correlate in the same way. But they
 * regress uncentred kernel matrices on that of the input, and centre after that. Here the centring
 * comes first, so that the regression needs no intercept.
 *
 * <p>It is symmetric, between -1 and 1, and 1 for a representation with itself. Without any g it is
 * CKA itself. If the regression leaves a fraction of 1e-10 or less of a representation's HSIC with
 * itself, the given representations explain it, and it has no value: {@link
 * Status#EXPLAINED_BY_GIVEN}. A g that the earlier ones explain adds nothing.
 *
 * <p>Sources: G. J. Szekely, M. L. Rizzo, Partial distance correlation with methods for
 * dissimilarities, Annals of Statistics 42 (2014), section 3; T. Cui, Y. Kumar, P. Marttinen, S.
 * Kaski, Deconfounded representation similarity for comparison of neural networks, NeurIPS 2022.
 */
public final class PartialCka {
  private static final double VANISHING = 1e-10;

  private PartialCka() {}

  /**
   * The partial CKA of the first two representations, given all others, with its standard error by
   * the delta method over the batches.
   *
   * <p>To first order the regressions do not change when a batch moves S. So one batch moves the
   * ratio r by w = x / sqrt(Y Z) - r/2 (y / Y + z / Z) as in {@link MinibatchCka}, with x, y and z
   * its inner products of the residuals of the whole.
   *
   * @param sums S over all batches
   * @param batches S of each batch; if the list is empty, there is no standard error
   */
  public static MeasureValue of(double[][] sums, List<double[][]> batches) {
    MeasureValue similarity = of(sums);
    if (similarity.value().isEmpty() || batches.size() < 2) {
      return similarity;
    }
    double r = similarity.value().getAsDouble();
    double[] a = residual(sums, 0);
    double[] b = residual(sums, 1);
    double y = form(sums, a, a);
    double z = form(sums, b, b);
    double squares = 0;
    for (double[][] batch : batches) {
      double w =
          form(batch, a, b) / (Math.sqrt(y) * Math.sqrt(z))
              - r / 2 * (form(batch, a, a) / y + form(batch, b, b) / z);
      squares += w * w;
    }
    double count = batches.size();
    return MeasureValue.of(r, Math.sqrt(count / (count - 1) * squares));
  }

  /** The residual of one of the first two as a combination of it and the given ones. */
  private static double[] residual(double[][] s, int which) {
    double[][] rest = unitDiagonal(s);
    double[][] combinations = new double[s.length][s.length];
    for (int i = 0; i < s.length; i++) {
      combinations[i][i] = s[i][i] > 0 ? 1 / Math.sqrt(s[i][i]) : 0;
    }
    for (int g = 2; g < s.length; g++) {
      if (rest[g][g] > VANISHING) {
        double[] along = rest[g].clone();
        sweepOut(rest, g);
        for (int i = 0; i < s.length; i++) {
          for (int k = 0; k < s.length && i != g; k++) {
            combinations[i][k] -= along[i] / along[g] * combinations[g][k];
          }
        }
      }
    }
    return combinations[which];
  }

  private static double form(double[][] s, double[] u, double[] v) {
    double sum = 0;
    for (int i = 0; i < u.length; i++) {
      for (int j = 0; j < v.length; j++) {
        sum += u[i] * s[i][j] * v[j];
      }
    }
    return sum;
  }

  /**
   * The partial CKA of the first two representations, given all others.
   *
   * @param s symmetric, positive semidefinite up to rounding; a, b and the given ones
   * @throws IllegalArgumentException if it is not square, at least 2 x 2 and finite
   */
  public static MeasureValue of(double[][] s) {
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
      return MeasureValue.missing(Status.EXPLAINED_BY_GIVEN);
    }
    return MinibatchCka.ratio(rest[0][1], rest[0][0], rest[1][1]);
  }

  /**
   * Removes the scales of the representations, which do not matter. The entries of a constant
   * representation are zero.
   */
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

  /**
   * One step of the Schur complement: the residuals of all representations after a regression on g.
   */
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
