package io.similitude.similarity.measure;

/**
 * Minibatch centred kernel alignment and its standard error, from {@link HsicSums}.
 *
 * <pre>
 *   CKA(a, b) = X / sqrt(Y Z),   X = sum x, Y = sum y, Z = sum z over the batches,
 *   x = HSIC_1(K_a, K_b),  y = HSIC_1(K_a, K_a),  z = HSIC_1(K_b, K_b) of one batch:
 * </pre>
 *
 * <p>a ratio of sums, never a mean of ratios. With one batch it is debiased CKA. Its expectation
 * for independent representations is near 0. So values below 0 occur, and they are valid.
 *
 * <p>Standard error, by the delta method over B batches, which count as independent draws: to first
 * order one batch moves the ratio r by
 *
 * <pre>
 *   w = x / sqrt(Y Z) - r/2 (y / Y + z / Z),
 * </pre>
 *
 * <p>and sum w = 0, so Var r = B / (B - 1) sum w&sup2;: a quadratic form in the sums of products
 * that {@link HsicSums} holds. It agrees with the jackknife over batches up to terms of order 1 /
 * B. Values below about 1e-8 r are rounding. With one batch there is no standard error.
 *
 * <p>A representation that is constant on every batch has no CKA: {@link Status#CONSTANT_LAYER}; if
 * it is constant on some batches only, these batches add nothing.
 *
 * <p>Sources: S. Kornblith et al., Similarity of neural network representations revisited, ICML
 * 2019 (CKA); T. Nguyen, M. Raghu, S. Kornblith, Do wide and deep networks learn the same things?,
 * ICLR 2021 (the minibatch estimator); A. Murphy, J. Zylberberg, A. Fyshe, Correcting biased
 * centered kernel alignment measures in biological and artificial neural networks, 2024 (why
 * debiased).
 */
public final class MinibatchCka {
  private MinibatchCka() {}

  /** CKA of a row with a column, two different representations. */
  public static MeasureValue pair(HsicSums sums, int row, int column) {
    requireBatches(sums);
    MeasureValue similarity =
        ratio(sums.hsic(row, column), sums.rowHsic(row), sums.columnHsic(column));
    if (similarity.value().isEmpty() || sums.batches() == 1) {
      return similarity;
    }
    double value = similarity.value().getAsDouble();
    double error = standardError(sums, row, column, value);
    // If features are near the end of float32's range, the squares of HSIC are outside float64's
    // range.
    return Double.isFinite(error)
        ? MeasureValue.of(value, error)
        : MeasureValue.withoutError(value);
  }

  /** CKA of a row with itself: 1 exactly, without error, unless it is constant. */
  public static MeasureValue self(HsicSums sums, int row) {
    requireBatches(sums);
    return sums.rowHsic(row) > 0
        ? MeasureValue.of(1, 0)
        : MeasureValue.missing(Status.CONSTANT_LAYER);
  }

  /**
   * X / sqrt(Y Z), with a status if it does not exist. Y and Z are squared norms here, so they are
   * never negative. Other estimators of HSIC can be negative.
   */
  static MeasureValue ratio(double x, double y, double z) {
    if (y < 0 || z < 0) {
      return MeasureValue.missing(Status.NEGATIVE_HSIC);
    }
    if (y == 0 || z == 0) {
      return MeasureValue.missing(Status.CONSTANT_LAYER);
    }
    return MeasureValue.withoutError(x / (Math.sqrt(y) * Math.sqrt(z)));
  }

  private static double standardError(HsicSums sums, int row, int column, double value) {
    double batches = sums.batches();
    // Rounding can leave a vanishing sum of squares below zero.
    double squares = Math.max(0, influences(sums, sums, row, column, value));
    return Math.sqrt(batches / (batches - 1) * squares);
  }

  /**
   * The sum of w&sup2; over the batches, or over the passes, of the sums {@code some}.
   *
   * @param all the sums whose ratio is the value
   */
  static double influences(HsicSums some, HsicSums all, int row, int column, double value) {
    double y = all.rowHsic(row);
    double z = all.columnHsic(column);
    double u = 1 / (Math.sqrt(y) * Math.sqrt(z));
    return some.sumOfSquares(row, column, u, -value / (2 * y), -value / (2 * z));
  }

  private static void requireBatches(HsicSums sums) {
    if (sums.batches() == 0) {
      throw new IllegalArgumentException("Cannot compute CKA: no batch was added");
    }
  }
}
