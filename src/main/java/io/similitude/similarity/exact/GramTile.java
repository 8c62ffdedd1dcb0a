package io.similitude.similarity.exact;

import io.similitude.similarity.gram.CentredBatch;
import io.similitude.similarity.gram.Vectors;
import io.similitude.spec.measure.MeasureSpec;

/**
 * A tile of a representation's N x N Gram matrix K over all examples: the rows of one batch and the
 * columns of the same or another batch.
 */
public final class GramTile {
  private final ExactSite site;
  private final CentredBatch rows;
  private final CentredBatch columns;
  private final double[] k;

  private GramTile(ExactSite site, CentredBatch rows, CentredBatch columns, double[] k) {
    this.site = site;
    this.rows = rows;
    this.columns = columns;
    this.k = k;
  }

  /**
   * The tile of two batches; 2 n m p operations.
   *
   * @param columns on the diagonal of K, the same object as the rows
   */
  public static GramTile of(
      ExactSite site, CentredBatch rows, CentredBatch columns, ExactProducts products) {
    return new GramTile(site, rows, columns, products.gram(rows, columns));
  }

  boolean isDiagonal() {
    return rows == columns;
  }

  /** The sum of K&sup2; over the tile. */
  double squares() {
    return Vectors.dot(k, k);
  }

  /**
   * The matrix whose inner products give HSIC, row by row. For HSIC<sub>0</sub> it is K itself,
   * which is doubly centred because the features are centred. For HSIC<sub>1</sub> it is the
   * U-centred K.
   */
  double[] centred(MeasureSpec.Bias bias) {
    return switch (bias) {
      case BIASED -> k;
      case UNBIASED -> unbiased();
    };
  }

  private double[] unbiased() {
    int m = columns.n();
    double[] r = site.shifts(rows);
    double[] s = site.shifts(columns);
    double[] a = new double[k.length];
    for (int i = 0; i < rows.n(); i++) {
      for (int j = 0; j < m; j++) {
        a[i * m + j] = k[i * m + j] - r[i] - s[j];
      }
      if (isDiagonal()) {
        a[i * m + i] = 0;
      }
    }
    return a;
  }
}
