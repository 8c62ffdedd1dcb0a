package io.similitude.similarity.measure;

import io.similitude.similarity.gram.CubicForms;
import io.similitude.similarity.gram.CubicInvariants;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers of the representations on each batch that the permutation null needs. Its moments are
 * sums over batches of products of a number of the row and a number of the column. So no numbers
 * are kept for pairs.
 */
final class NullSums implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<Batch> batches = new ArrayList<>();

  /**
   * Adds a batch, given as the square roots of HSIC<sub>1</sub> of each representation with itself.
   */
  void add(int n, double[] rows, double[] columns) {
    batches.add(new Batch(n, rows.clone(), columns.clone(), null, null));
  }

  /** Adds the invariants of the last batch. */
  void addInvariants(List<CubicInvariants> rows, List<CubicInvariants> columns) {
    Batch last = batches.remove(batches.size() - 1);
    CubicForms forms = CubicForms.of(last.n);
    double[] of = new double[2 * rows.size()];
    double[] duals = new double[2 * columns.size()];
    for (int i = 0; i < rows.size(); i++) {
      of[2 * i] = rows.get(i).triangles();
      of[2 * i + 1] = rows.get(i).cubes();
    }
    for (int j = 0; j < columns.size(); j++) {
      CubicInvariants invariants = columns.get(j);
      duals[2 * j] = forms.ofTriangles(invariants.triangles(), invariants.cubes());
      duals[2 * j + 1] = forms.ofCubes(invariants.triangles(), invariants.cubes());
    }
    batches.add(new Batch(last.n, last.rows, last.columns, of, duals));
  }

  /** The moments of the sum of HSIC<sub>1</sub> over the batches. */
  Moments moments(int row, int column) {
    double variance = 0;
    double third = 0;
    for (Batch batch : batches) {
      double scale = batch.rows[row] * batch.columns[column];
      variance += batch.variance * (scale * scale);
      third += scale * scale * scale * batch.thirdMoment(row, column);
    }
    return new Moments(variance, third);
  }

  /** One batch. Without invariants the third moments count as 0. */
  private static final class Batch implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int n;
    private final double variance;
    private final double[] rows;
    private final double[] columns;
    private final double[] rowInvariants;
    private final double[] columnDuals;

    Batch(int n, double[] rows, double[] columns, double[] rowInvariants, double[] columnDuals) {
      this.n = n;
      this.variance = PermutationNull.variance(n);
      this.rows = rows;
      this.columns = columns;
      this.rowInvariants = rowInvariants;
      this.columnDuals = columnDuals;
    }

    double thirdMoment(int row, int column) {
      return rowInvariants == null
          ? 0
          : rowInvariants[2 * row] * columnDuals[2 * column]
              + rowInvariants[2 * row + 1] * columnDuals[2 * column + 1];
    }
  }

  /**
   * The second and third moment of a sum of HSIC<sub>1</sub> over batches when each batch's
   * examples are paired at random; the first is 0. See {@link PermutationNull}.
   *
   * @param variance in units of HSIC squared
   * @param thirdMoment in units of HSIC cubed
   */
  public record Moments(double variance, double thirdMoment) {
    /** The moments before any batch. */
    public static final Moments EMPTY = new Moments(0, 0);

    /**
     * The moments with another batch added.
     *
     * @param y HSIC<sub>1</sub> of a with itself
     * @param z HSIC<sub>1</sub> of b with itself
     */
    public Moments plus(double y, double z, CubicInvariants a, CubicInvariants b) {
      double scale = Math.sqrt(y) * Math.sqrt(z);
      return new Moments(
          variance + scale * scale * PermutationNull.variance(a.n()),
          thirdMoment + scale * scale * scale * a.thirdMoment(b));
    }

    /** The third moment over the variance to the power 3/2; 0 if the variance is 0. */
    public double skewness() {
      double scale = variance * Math.sqrt(variance);
      if (scale >= Double.MIN_NORMAL) {
        return thirdMoment / scale;
      }
      // For very small features the scale underflows before the variance does.
      return variance > 0 ? thirdMoment / variance / Math.sqrt(variance) : 0;
    }

    /** The probability under the null of a sum of HSIC<sub>1</sub> that is at least as high. */
    public double pValue(double hsic) {
      if (!(variance > 0)) {
        throw new IllegalArgumentException(
            "Invalid null variance: " + variance + " (must be above 0)");
      }
      return PermutationNull.pValue(hsic / Math.sqrt(variance), skewness());
    }
  }
}
