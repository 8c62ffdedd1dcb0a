package io.similitude.similarity.measure;

/**
 * Sums over several passes. Each pass divides the same examples into other batches.
 *
 * <p>The value is the ratio of the sums over all batches of all passes, P of B batches each. The
 * batches of different passes are not independent. So its standard error is that of one pass,
 *
 * <pre>
 *   Var r = P B / (B - 1) (sum w^2 - W / B),   W = sum_pass (sum_batch w)^2,
 * </pre>
 *
 * <p>with w of a batch as in {@link MinibatchCka}. This is the variance between batches within a
 * pass, averaged over passes. More passes average out the division into batches, but not the choice
 * of examples. A few passes cannot show how large the first part of the error is, so it is not
 * subtracted. That is a choice: intervals are never too short. They are too long if batches are
 * small and representations are hardly related.
 */
final class PassSums {
  private final HsicSums batches;
  private final HsicSums passes;
  private HsicSums pass;

  /**
   * @param batches the sums over all batches of all passes; the caller adds to them
   */
  PassSums(HsicSums batches) {
    this.batches = batches;
    this.passes = HsicSums.empty(batches.rows(), batches.columns());
    this.pass = HsicSums.empty(batches.rows(), batches.columns());
  }

  /** Adds a batch to the pass, as {@link HsicSums#addScaled}. */
  void addScaled(double[] values, double[] a, double[] b, int n) {
    pass.addScaled(values, a, b, n);
  }

  /** Ends a pass. Later batches belong to the next one. */
  void endPass() {
    int rows = pass.rows();
    int columns = pass.columns();
    double[] a = new double[rows];
    double[] b = new double[columns];
    double[] values = new double[rows * columns];
    for (int j = 0; j < columns; j++) {
      b[j] = Math.sqrt(pass.columnHsic(j));
    }
    for (int i = 0; i < rows; i++) {
      a[i] = Math.sqrt(pass.rowHsic(i));
      for (int j = 0; j < columns; j++) {
        double scale = a[i] * b[j];
        values[i * columns + j] = scale > 0 ? pass.hsic(i, j) / scale : 0;
      }
    }
    passes.addScaled(values, a, b, Math.toIntExact(pass.examples()));
    pass = HsicSums.empty(rows, columns);
  }

  /** The ratio of sums of a pair, with its standard error over the passes that have ended. */
  MeasureValue pair(int row, int column) {
    MeasureValue similarity = MinibatchCka.pair(batches, row, column);
    if (passes.batches() <= 1 || similarity.standardError().isEmpty()) {
      return similarity;
    }
    double value = similarity.value().orElseThrow();
    return MeasureValue.of(value, standardError(row, column, value));
  }

  private double standardError(int row, int column, double value) {
    double count = passes.batches();
    double each = batches.batches() / count;
    double within = MinibatchCka.influences(batches, batches, row, column, value);
    double between = MinibatchCka.influences(passes, batches, row, column, value);
    // Rounding can leave a vanishing difference below zero.
    double squares = Math.max(0, within - between / each);
    return Math.sqrt(count * each / (each - 1) * squares);
  }
}
