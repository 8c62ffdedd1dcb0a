package io.similitude.similarity.measure;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/**
 * The standard error of minibatch CKA by leaving out one batch after the other: the slow way to
 * what {@link MinibatchCka} says by the delta method, without its linearisation.
 *
 * <pre>
 *   SE^2 = (B - 1) / B sum_b (r_b - mean r)^2,   r_b the ratio of sums without batch b.
 * </pre>
 *
 * <p>The two agree up to terms of order 1 / B. Needs the sums of every batch; B at least 2. Of
 * {@link HsicSums}, with more than {@value BatchGroups#MOST} batches, it leaves out one of as many
 * groups of batches after the other, and B is the number of groups: the delete-a-group jackknife.
 *
 * <p>Source: B. Efron, C. Stein, The jackknife estimate of variance, Annals of Statistics 9 (1981).
 */
final class Jackknife {
  private Jackknife() {}

  /**
   * Of a row with a column.
   *
   * @param batches one batch each
   * @return the value of all batches with its standard error; a status where the value, or one that
   *     leaves out a batch, does not exist
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
   * The standard error of what {@code result} makes of the ratio of sums of a row with a column;
   * absent with one batch, and where a value that leaves out a group does not exist.
   */
  public static OptionalDouble error(
      HsicSums sums, int row, int column, DoubleUnaryOperator result) {
    double[] without = replicates(sums, row, column, result);
    return without.length < 2 ? OptionalDouble.empty() : OptionalDouble.of(standardError(without));
  }

  /**
   * What {@code result} makes of the ratio of sums without each group of batches; none where one of
   * these does not exist.
   */
  public static double[] replicates(
      HsicSums sums, int row, int column, DoubleUnaryOperator result) {
    double[] without = new double[sums.groups()];
    for (int g = 0; g < without.length; g++) {
      double y = sums.rowHsic(row) - sums.groupRowHsic(g, row);
      double z = sums.columnHsic(column) - sums.groupColumnHsic(g, column);
      if (!(y > 0 && z > 0)) {
        return new double[0];
      }
      double x = sums.hsic(row, column) - sums.groupHsic(g, row, column);
      without[g] = result.applyAsDouble(x / (Math.sqrt(y) * Math.sqrt(z)));
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
