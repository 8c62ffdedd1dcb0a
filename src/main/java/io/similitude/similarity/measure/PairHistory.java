package io.similitude.similarity.measure;

import io.similitude.similarity.gram.BatchGroups;
import io.similitude.similarity.gram.PackedGram;
import java.io.Serializable;

/**
 * The numbers that {@link HsicSums} holds for each pair of a rectangle.
 *
 * <p>Up to {@value BatchGroups#MOST} batches it keeps the products of every batch, and makes a sum
 * when somebody asks. A product takes 4 bytes if it was computed in float32, else 8. With more
 * batches it keeps the sums: 40 bytes for a pair, and 8 for each group of batches.
 */
final class PairHistory implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Bytes of a pair's sums, with any number of batches. */
  static final int SUMS_BYTES = (PairTotals.NUMBERS + BatchGroups.MOST) * Double.BYTES;

  private final int rows;
  private final int columns;
  private final boolean isGroup;
  private final Batch[] kept = new Batch[BatchGroups.MOST];
  private int batches;

  /** Null while every batch is kept. */
  private PairTotals totals;

  /**
   * Before the first batch.
   *
   * @param isGroup whether rows and columns are the same. Then only pairs of a row at most the
   *     column are held.
   */
  PairHistory(int rows, int columns, boolean isGroup) {
    this.rows = rows;
    this.columns = columns;
    this.isGroup = isGroup;
    // Too many pairs for an array are refused now, not after the first batch.
    count();
  }

  /** The most bytes that a pair takes after this number of batches with products in float32. */
  static int bytesInFloat32(int batches) {
    return batches > BatchGroups.MOST ? SUMS_BYTES : batches * Float.BYTES;
  }

  /** Adds a batch: products x / sqrt(y z), row by row, and the square roots of y and z. */
  void add(float[] products, double[] a, double[] b) {
    float[] own = isGroup ? upper(products, new float[count()]) : products.clone();
    add(new Batch(own, null, a, b));
  }

  /** The same in float64. */
  void add(double[] products, double[] a, double[] b) {
    double[] own = isGroup ? upper(products, new double[count()]) : products.clone();
    add(new Batch(null, own, a, b));
  }

  /** Copies the products of each row with itself and with the columns after it. */
  @SuppressWarnings("SuspiciousSystemArraycopy") // arrays of one type
  private <T> T upper(T products, T own) {
    for (int row = 0; row < rows; row++) {
      System.arraycopy(products, row * columns + row, own, index(row, row), columns - row);
    }
    return own;
  }

  private void add(Batch batch) {
    if (batches == kept.length) {
      totals = new PairTotals(count());
      for (int k = 0; k < kept.length; k++) {
        addToTotals(k, kept[k]);
        kept[k] = null;
      }
    }
    if (totals == null) {
      kept[batches] = batch;
    } else {
      addToTotals(batches, batch);
    }
    batches++;
  }

  private void addToTotals(int index, Batch batch) {
    totals.begin(index);
    for (int row = 0; row < rows; row++) {
      int first = isGroup ? row : 0;
      int pair = index(row, first);
      for (int column = first; column < columns; column++, pair++) {
        double a = batch.a[row];
        double b = batch.b[column];
        totals.add(pair, batch.x(pair, row, column), a * a, b * b);
      }
    }
  }

  /** The number of groups of batches: one per batch, or the largest allowed number. */
  int groups() {
    return Math.min(batches, BatchGroups.MOST);
  }

  /** The sum of x. */
  double sum(int row, int column) {
    int pair = index(row, column);
    if (totals != null) {
      return totals.sum(pair);
    }
    double sum = 0;
    for (int k = 0; k < batches; k++) {
      sum += kept[k].x(pair, row, column);
    }
    return sum;
  }

  /** For each group of batches the sum of x over all others. */
  double[] sumsWithoutGroups(int row, int column) {
    double sum = sum(row, column);
    int pair = index(row, column);
    double[] without = new double[groups()];
    for (int g = 0; g < without.length; g++) {
      double group = totals == null ? kept[g].x(pair, row, column) : totals.ofGroup(g, pair);
      without[g] = sum - group;
    }
    return without;
  }

  /**
   * The sum of (u x + v y + w z)&sup2;, for a row that is at most the column in a group.
   *
   * @param rowSquares the sum of y&sup2;
   * @param columnSquares the sum of z&sup2;
   */
  double sumOfSquares(
      int row, int column, double u, double v, double w, double rowSquares, double columnSquares) {
    int pair = index(row, column);
    double xx = 0;
    double xy = 0;
    double xz = 0;
    double yz = 0;
    if (totals == null) {
      for (int k = 0; k < batches; k++) {
        double x = kept[k].x(pair, row, column);
        double y = kept[k].a[row] * kept[k].a[row];
        double z = kept[k].b[column] * kept[k].b[column];
        xx += x * x;
        xy += x * y;
        xz += x * z;
        yz += y * z;
      }
    } else {
      xx = totals.xx(pair);
      xy = totals.xy(pair);
      xz = totals.xz(pair);
      yz = totals.yz(pair);
    }
    double squares = u * u * xx + v * v * rowSquares + w * w * columnSquares;
    double products = u * v * xy + u * w * xz + v * w * yz;
    return squares + 2 * products;
  }

  private int count() {
    return isGroup ? PackedGram.length(rows) : Math.multiplyExact(rows, columns);
  }

  private int index(int row, int column) {
    if (!isGroup) {
      return row * columns + column;
    }
    int least = Math.min(row, column);
    return (int) (least * (2L * columns - least - 1) / 2 + Math.max(row, column));
  }

  /** One batch. The products have one of both types. */
  private static final class Batch implements Serializable {
    private static final long serialVersionUID = 1L;

    private final float[] narrow;
    private final double[] wide;
    private final double[] a;
    private final double[] b;

    Batch(float[] narrow, double[] wide, double[] a, double[] b) {
      this.narrow = narrow;
      this.wide = wide;
      this.a = a.clone();
      this.b = b.clone();
    }

    /** HSIC<sub>1</sub> of a row with a column. */
    double x(int pair, int row, int column) {
      double product = wide == null ? narrow[pair] : wide[pair];
      return product * (a[row] * b[column]);
    }
  }
}
