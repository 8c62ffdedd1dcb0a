package io.similitude.similarity.measure;

import io.similitude.similarity.gram.BatchGroups;
import io.similitude.similarity.gram.CubicInvariants;
import io.similitude.similarity.gram.UCentring;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * The sums over batches for a rectangle of pairs of representations, with rows a and columns b.
 *
 * <p>With x = HSIC<sub>1</sub>(K<sub>a</sub>, K<sub>b</sub>), y = HSIC<sub>1</sub>(K<sub>a</sub>,
 * K<sub>a</sub>) and z = HSIC<sub>1</sub>(K<sub>b</sub>, K<sub>b</sub>) of one batch, it tells sums
 * in float64. For every pair it has the sums over batches of x, x&sup2;, xy, xz and yz, and for
 * every representation those of y and y&sup2;. {@link MinibatchCka} needs them for a value and its
 * standard error. For {@link Jackknife} it has the sums of x, y and z over each of up to {@value
 * BatchGroups#MOST} groups of batches. For {@link PermutationNull} it holds the numbers of every
 * representation that the moments need. A pair takes at most {@value #MOST_BYTES} bytes. With few
 * batches it takes less ({@link #bytesInFloat32}).
 *
 * <p>For one group of representations with itself ({@link #ofGroup}), only ordered pairs are held:
 * row at most column.
 *
 * <p>Adding batches in another order gives the same sums only up to float64 rounding. A sum that
 * must be reproducible keeps a fixed order.
 */
public final class HsicSums implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The most bytes that a pair can take, with any number of batches. */
  public static final int MOST_BYTES = PairHistory.SUMS_BYTES;

  /**
   * The most by which float32 products of unit vectors may exceed 1. A larger value is not a
   * cosine.
   */
  private static final double COSINE_SLACK = 1e-3;

  private final int rows;
  private final int columns;
  private final boolean isGroup;
  private final PairHistory pairs;
  private final BatchGroups rowGroups;
  private final BatchGroups columnGroups;
  private final NullSums nulls = new NullSums();
  private final SiteSums rowSites;
  private final SiteSums columnSites;
  private int batches;
  private long examples;

  /** Square roots of sums of representations without each group; null until they are needed. */
  private transient double[][] rowRoots;

  private transient double[][] columnRoots;

  private HsicSums(int rows, int columns, boolean isGroup) {
    this.rows = rows;
    this.columns = columns;
    this.isGroup = isGroup;
    this.pairs = new PairHistory(rows, columns, isGroup);
    this.rowGroups = new BatchGroups(rows);
    this.columnGroups = new BatchGroups(columns);
    this.rowSites = new SiteSums(rows);
    this.columnSites = new SiteSums(columns);
  }

  /**
   * The most bytes that a pair takes after this number of batches of {@link #addWeighted products}.
   */
  public static int bytesInFloat32(int batches) {
    return PairHistory.bytesInFloat32(batches);
  }

  /** The sums before the first batch. */
  public static HsicSums empty(int rows, int columns) {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "Invalid rectangle of pairs: %d x %d (must be at least 1 x 1)".formatted(rows, columns));
    }
    return new HsicSums(rows, columns, false);
  }

  /** The sums before the first batch, for a group of representations with itself. */
  public static HsicSums ofGroup(int sites) {
    if (sites < 1) {
      throw new IllegalArgumentException(
          "Invalid group of representations: " + sites + " (must be at least 1)");
    }
    return new HsicSums(sites, sites, true);
  }

  /**
   * Adds one batch of n examples.
   *
   * @param cosines the products &lt;a, b&gt; of the unit vectors of {@link UCentring}, rows x
   *     columns, row by row
   * @param rowNorms the norms |A| that {@link UCentring} returned, one per row
   * @param columnNorms the norms |B|, one per column
   * @return this
   */
  public HsicSums add(float[] cosines, double[] rowNorms, double[] columnNorms, int n) {
    requireLength("row norms", rowNorms.length, rows);
    requireLength("column norms", columnNorms.length, columns);
    return addWeighted(cosines, scaled(rowNorms, n), scaled(columnNorms, n), n);
  }

  /** Adds one batch, with products in float64. */
  public HsicSums add(double[] cosines, double[] rowNorms, double[] columnNorms, int n) {
    requireLength("products", cosines.length, rows * columns);
    requireLength("row norms", rowNorms.length, rows);
    requireLength("column norms", columnNorms.length, columns);
    double[] a = scaled(rowNorms, n);
    double[] b = scaled(columnNorms, n);
    for (double cosine : cosines) {
      requireCosine(cosine);
    }
    return addScaled(cosines, a, b, n);
  }

  /**
   * Adds one batch of any product measure.
   *
   * @param products of unit vectors, rows x columns, row by row
   * @param a the rows' weights, those of {@link ProductMeasure#write}
   * @param b the columns' weights
   * @return this
   */
  public HsicSums addWeighted(float[] products, double[] a, double[] b, int n) {
    requireLength("products", products.length, rows * columns);
    requireLength("row weights", a.length, rows);
    requireLength("column weights", b.length, columns);
    for (float product : products) {
      requireCosine(product);
    }
    pairs.add(products, a, b);
    return ended(a, b, n);
  }

  /**
   * Adds one batch of any measure: values x / sqrt(y z), and the square roots of y and z.
   *
   * @return this
   */
  public HsicSums addScaled(double[] values, double[] a, double[] b, int n) {
    pairs.add(values, a, b);
    return ended(a, b, n);
  }

  private HsicSums ended(double[] a, double[] b, int n) {
    addSquares(a, rowGroups.of(batches));
    addSquares(b, columnGroups.of(batches));
    nulls.add(n, a, b);
    rowSites.add(a);
    columnSites.add(b);
    batches++;
    examples += n;
    rowRoots = null;
    return this;
  }

  /**
   * Adds the invariants of the batch that was added last. The third moment of the permutation null
   * needs them. Give them for every batch or for none.
   *
   * @param rowInvariants one per row
   * @param columnInvariants one per column
   * @return this
   */
  public HsicSums addInvariants(
      List<CubicInvariants> rowInvariants, List<CubicInvariants> columnInvariants) {
    requireLength("row invariants", rowInvariants.size(), rows);
    requireLength("column invariants", columnInvariants.size(), columns);
    nulls.addInvariants(rowInvariants, columnInvariants);
    return this;
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  public int batches() {
    return batches;
  }

  /** The number of examples of all batches together. */
  public long examples() {
    return examples;
  }

  /** The sum over batches of HSIC<sub>1</sub> of a row with a column. */
  public double hsic(int row, int column) {
    return pairs.sum(row, column);
  }

  /** The sum over batches of HSIC<sub>1</sub> of a row with itself. */
  public double rowHsic(int row) {
    return rowSites.sum(row);
  }

  /** The sum over batches of HSIC<sub>1</sub> of a column with itself. */
  public double columnHsic(int column) {
    return columnSites.sum(column);
  }

  /**
   * The moments of the sum of HSIC<sub>1</sub> of a row with a column under the null hypothesis of
   * {@link PermutationNull}; the third is 0 where the invariants were not given.
   */
  public NullSums.Moments nullMoments(int row, int column) {
    return nulls.moments(row, column);
  }

  /** The number of groups of batches: one per batch, or the largest allowed number. */
  int groups() {
    return pairs.groups();
  }

  /**
   * X / sqrt(Y Z) of a row with a column, without each group of batches. It is NaN if a
   * representation is constant in all other batches.
   */
  double[] ratiosWithoutGroups(int row, int column) {
    if (rowRoots == null) {
      rowRoots = rootsWithoutGroups(rowSites, rowGroups);
      columnRoots = rootsWithoutGroups(columnSites, columnGroups);
    }
    double[] ratios = pairs.sumsWithoutGroups(row, column);
    for (int g = 0; g < ratios.length; g++) {
      ratios[g] /= rowRoots[g][row] * columnRoots[g][column];
    }
    return ratios;
  }

  /** For each group and each representation: the square root of Y without the group, or NaN. */
  private static double[][] rootsWithoutGroups(SiteSums sites, BatchGroups groups) {
    double[][] roots = new double[groups.count()][];
    for (int g = 0; g < roots.length; g++) {
      double[] group = groups.of(g);
      roots[g] = new double[group.length];
      for (int i = 0; i < group.length; i++) {
        double rest = sites.sum(i) - group[i];
        roots[g][i] = rest > 0 ? Math.sqrt(rest) : Double.NaN;
      }
    }
    return roots;
  }

  /** The sum over batches of (u x + v y + w z)&sup2;. */
  double sumOfSquares(int row, int column, double u, double v, double w) {
    if (isGroup && row > column) {
      return sumOfSquares(column, row, u, w, v);
    }
    return pairs.sumOfSquares(
        row, column, u, v, w, rowSites.sumOfSquares(row), columnSites.sumOfSquares(column));
  }

  private static void addSquares(double[] roots, double[] sums) {
    for (int i = 0; i < roots.length; i++) {
      sums[i] += roots[i] * roots[i];
    }
  }

  /** |A| / sqrt(n (n - 3)): the square is HSIC<sub>1</sub> of a representation with itself. */
  private static double[] scaled(double[] norms, int n) {
    UCentring.length(n);
    double scale = 1 / Math.sqrt(n * (n - 3.0));
    return Arrays.stream(norms).map(norm -> requireNorm(norm) * scale).toArray();
  }

  private static double requireNorm(double norm) {
    if (!(norm >= 0 && norm < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Invalid norm: " + norm + " (must be finite and not negative)");
    }
    return norm;
  }

  private static void requireCosine(double cosine) {
    if (!(Math.abs(cosine) <= 1 + COSINE_SLACK)) {
      throw new IllegalArgumentException(
          "Invalid product of unit vectors: " + cosine + " (must be in [-1, 1] up to rounding)");
    }
  }

  private static void requireLength(String what, int length, int wanted) {
    if (length != wanted) {
      throw new IllegalArgumentException(
          "Invalid number of %s: %d (must be %d)".formatted(what, length, wanted));
    }
  }
}
