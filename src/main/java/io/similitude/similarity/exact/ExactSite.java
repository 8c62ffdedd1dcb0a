package io.similitude.similarity.exact;

import io.similitude.similarity.gram.CentredBatch;
import io.similitude.similarity.gram.Constancy;
import io.similitude.similarity.gram.UCentring;
import java.util.Arrays;

/**
 * What exact estimation needs to know about a representation of N examples x p features. One pass
 * over its batches gives the mean of each feature over all examples, and the sum T of squared
 * deviations from the means.
 *
 * <p>With features centred by these means, the rows of the N x N Gram matrix K sum to zero. So the
 * shifts of {@link UCentring} follow from its diagonal d and its trace T alone:
 *
 * <pre>
 *   r_i = T / (2 (N-1)(N-2)) - d_i / (N-2).
 * </pre>
 *
 * <p>Batches are merged by the updates of Chan, Golub and LeVeque, Algorithms for computing the
 * sample variance, American Statistician 37 (1983), equation 2.1, which lose no digits if the mean
 * is large. A representation whose T is at most 2<sup>-44</sup> of its sum of squares, float32's
 * rounding, is constant: its batches come back as zeros.
 */
public final class ExactSite {
  private final double[] means;
  private long n;
  private double spread;
  private double squares;

  private ExactSite(int features) {
    this.means = new double[features];
  }

  /** The state before the first batch. */
  public static ExactSite empty(int features) {
    if (features < 1) {
      throw new IllegalArgumentException(
          "Invalid number of features: " + features + " (must be at least 1)");
    }
    return new ExactSite(features);
  }

  /**
   * Adds the next batch, examples in rows.
   *
   * @throws IllegalArgumentException if a row has another length or holds a non-finite number
   */
  public void add(float[][] rows) {
    double[] batchMeans = means(rows);
    double batch = rows.length;
    double total = n + batch;
    double apart = 0;
    for (int j = 0; j < means.length; j++) {
      double step = batchMeans[j] - means[j];
      apart += step * step;
      means[j] += step * (batch / total);
    }
    spread += squaresAbout(batchMeans, rows) + apart * (n * (batch / total));
    squares += squaresAbout(new double[means.length], rows);
    n += rows.length;
  }

  /** N. */
  public long n() {
    return n;
  }

  /** p. */
  public int p() {
    return means.length;
  }

  /** Features less their means over all examples. Call it after all batches have been added. */
  public CentredBatch batch(float[][] rows) {
    double[] x = new double[Math.multiplyExact(rows.length, means.length)];
    if (!isConstant()) {
      for (int i = 0; i < rows.length; i++) {
        for (int j = 0; j < means.length; j++) {
          x[i * means.length + j] = rows[i][j] - means[j];
        }
      }
    }
    return new CentredBatch(rows.length, means.length, x);
  }

  boolean isConstant() {
    return Constancy.isFloat32Rounding(spread, squares);
  }

  /** T. */
  double trace() {
    return isConstant() ? 0 : spread;
  }

  /** The shifts r of these examples. */
  double[] shifts(CentredBatch batch) {
    double mean = trace() / (2.0 * (n - 1) * (n - 2));
    return Arrays.stream(batch.norms()).map(d -> mean - d / (n - 2)).toArray();
  }

  private double[] means(float[][] rows) {
    double[] sums = new double[means.length];
    for (int i = 0; i < rows.length; i++) {
      requireRow(rows[i], i);
      for (int j = 0; j < sums.length; j++) {
        sums[j] += rows[i][j];
      }
    }
    for (int j = 0; j < sums.length; j++) {
      sums[j] /= rows.length;
    }
    return sums;
  }

  private static double squaresAbout(double[] centre, float[][] rows) {
    double sum = 0;
    for (float[] row : rows) {
      for (int j = 0; j < centre.length; j++) {
        double x = row[j] - centre[j];
        sum += x * x;
      }
    }
    return sum;
  }

  private void requireRow(float[] row, int i) {
    if (row.length != means.length) {
      throw new IllegalArgumentException(
          "Invalid features of example %d: %d of them (must be %d)"
              .formatted(i, row.length, means.length));
    }
    for (float value : row) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(
            "Invalid feature of example %d: %s (must be finite)".formatted(i, value));
      }
    }
  }
}
