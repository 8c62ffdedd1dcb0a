package io.similitude.similarity.measure;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/**
 * The standard error of minibatch CKA by leaving out one batch after the other. {@link
 * MinibatchCka} computes it faster by the delta method. The jackknife does not need the
 * linearisation of that method.
 *
 * <pre>
 *   SE^2 = (B - 1) / B sum_b (r_b - mean r)^2,   r_b the ratio of sums without batch b.
 * </pre>
 *
 * <p>The two agree up to terms of order 1 / B. It needs the sums of every batch, and B is at least
 * 2. With {@link HsicSums} of more than {@value BatchGroups#MOST} batches, it leaves out one of
 * {@value BatchGroups#MOST} groups of batches after the other. B is then the number of groups: the
 * delete-a-group jackknife.
 *
 * <p>Source: B. Efron, C. Stein, The jackknife estimate of variance, Annals of Statistics 9 (1981).
 */
final class Jackknife {
  private Jackknife() {}

  /**
   * The CKA of a row with a column.
   *
   * @param batches the sums of one batch each
   * @return the value of all batches with its standard error; a status if the value, or a value
   *     without one of the batches, does not exist
   */
  public static MeasureValue pair(List<HsicSums> batches, int row, int column) {
    if (batches.size() < 2) {
      throw new IllegalArgumentException(
          "Invalid number of batches: " + batches.size() + " (must be at least 2)");
    }
    double x = batches.stream().mapToDouble(batch -> batch.hsic(row, column)).sum();
    double y = batches.stream().mapToDouble(batch -> batch.rowHsic(row)).sum();
    double z = batches.stream().mapToDouble(batch -> batch.columnHsic(column)).sum();
    MeasureValue whole = MinibatchCka.ratio(x, y, z);
    double[] without = new double[batches.size()];
    for (int b = 0; b < without.length; b++) {
      HsicSums batch = batches.get(b);
      MeasureValue rest =
          MinibatchCka.ratio(
              x - batch.hsic(row, column), y - batch.rowHsic(row), z - batch.columnHsic(column));
      if (rest.value().isEmpty()) {
        return rest;
      }
      without[b] = rest.value().getAsDouble();
    }
    return MeasureValue.of(whole.value().orElseThrow(), standardError(without));
  }

  /**
   * The standard error of {@code result}, applied to the ratio of sums of a row with a column. It
   * is absent with one batch, or if a value without one of the groups does not exist.
   */
  public static OptionalDouble error(
      HsicSums sums, int row, int column, DoubleUnaryOperator result) {
    double[] without = replicates(sums, row, column, result);
    return without.length < 2 ? OptionalDouble.empty() : OptionalDouble.of(standardError(without));
  }

  /**
   * The values of {@code result}, applied to the ratio of sums without each group of batches. The
   * array is empty if one of these values does not exist.
   */
  public static double[] replicates(
      HsicSums sums, int row, int column, DoubleUnaryOperator result) {
    double[] without = sums.ratiosWithoutGroups(row, column);
    for (int g = 0; g < without.length; g++) {
      without[g] = result.applyAsDouble(without[g]);
      if (!Double.isFinite(without[g])) {
        return new double[0];
      }
    }
    return without;
  }

  private static double standardError(double[] without) {
    double mean = 0;
    for (double r : without) {
      mean += r / without.length;
    }
    double squares = 0;
    for (double r : without) {
      squares += (r - mean) * (r - mean);
    }
    return Math.sqrt(squares * (without.length - 1) / without.length);
  }
}
