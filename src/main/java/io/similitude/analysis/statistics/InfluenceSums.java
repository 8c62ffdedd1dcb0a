package io.similitude.analysis.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How much each example reduces the similarity of two representations A and B. With U-centred Gram
 * matrices of batches b of n examples, k_b = 1 / (n (n - 3)), and norms |A|, |B| over all batches,
 *
 * <pre>
 *   1 - CKA = sum_i e_i,   e_i = k_b / 2 |row_i(A) / |A| - row_i(B) / |B||^2 &gt;= 0
 * </pre>
 *
 * <p>The same sums over pairs of classes give their shares. The cosine of the two rows is the
 * similarity of the example in both (pointwise similarity: C. Kolling et al., 2023).
 */
public final class InfluenceSums {
  private final int classes;
  private final List<double[]> examples = new ArrayList<>();
  private final double[][] pairs;
  private double ofA;
  private double ofB;
  private double both;

  /**
   * @param classes the number of classes; 0 if the examples have no labels
   */
  public InfluenceSums(int classes) {
    this.classes = classes;
    this.pairs = new double[classes * classes][3];
  }

  /**
   * Adds a batch.
   *
   * @param a the upper triangle of the U-centred Gram matrix without its diagonal, row by row
   * @param b likewise
   * @param labels of its n examples; null if they have none
   */
  public void add(float[] a, float[] b, int n, int[] labels) {
    double[][] rows = new double[n][3];
    double scale = 1 / (n * (n - 3.0));
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++, at++) {
        double aa = scale * a[at] * a[at];
        double bb = scale * b[at] * b[at];
        double ab = scale * a[at] * b[at];
        add(rows[i], aa, bb, ab);
        add(rows[j], aa, bb, ab);
        if (labels != null) {
          add(pairs[labels[i] * classes + labels[j]], aa, bb, ab);
          add(pairs[labels[j] * classes + labels[i]], aa, bb, ab);
        }
      }
    }
    for (double[] row : rows) {
      ofA += row[0];
      ofB += row[1];
      both += row[2];
      examples.add(row);
    }
  }

  /** Whether both representations differ from a constant. */
  public boolean exists() {
    return ofA > 0 && ofB > 0;
  }

  public double cka() {
    return both / (Math.sqrt(ofA) * Math.sqrt(ofB));
  }

  /** e_i of each example, in the order in which they were added. */
  public double[] losses() {
    return examples.stream().mapToDouble(this::loss).toArray();
  }

  /**
   * The part of 1 - CKA between two classes in one order. Both orders together are twice this part.
   */
  public double loss(int one, int other) {
    return loss(pairs[one * classes + other]);
  }

  /** The cosine of both rows of each example; NaN if a row is 0. */
  public double[] pointwise() {
    return examples.stream()
        .mapToDouble(row -> row[2] / (Math.sqrt(row[0]) * Math.sqrt(row[1])))
        .toArray();
  }

  /** The least number of examples that carry half of the loss. */
  public static int half(double[] losses) {
    double[] ascending = losses.clone();
    Arrays.sort(ascending);
    double half = Arrays.stream(losses).sum() / 2;
    double sum = 0;
    int count = 0;
    while (sum < half && count < ascending.length) {
      count++;
      sum += ascending[ascending.length - count];
    }
    return count;
  }

  /** (sum e)^2 / sum e^2: the number of equal shares with the same concentration. */
  public static double effectiveNumber(double[] losses) {
    double sum = Arrays.stream(losses).sum();
    return sum * sum / Arrays.stream(losses).map(e -> e * e).sum();
  }

  private double loss(double[] sums) {
    double square = sums[0] / ofA + sums[1] / ofB - 2 * sums[2] / (Math.sqrt(ofA) * Math.sqrt(ofB));
    // Rounding can leave a vanishing square below zero.
    return Math.max(0, square / 2);
  }

  private static void add(double[] sums, double aa, double bb, double ab) {
    sums[0] += aa;
    sums[1] += bb;
    sums[2] += ab;
  }
}
