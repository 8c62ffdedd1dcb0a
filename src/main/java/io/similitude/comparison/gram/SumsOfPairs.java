package io.similitude.comparison.gram;

import io.similitude.similarity.measure.HsicSums;
import java.util.Arrays;

/** The HSIC sums of a rectangle of pairs after some of the batches; 8 bytes for each pair. */
final class SumsOfPairs {
  private final int columns;
  private final double[] pairs;
  private final double[] rowsAlone;
  private final double[] columnsAlone;

  private SumsOfPairs(int columns, double[] pairs, double[] rowsAlone, double[] columnsAlone) {
    this.columns = columns;
    this.pairs = pairs;
    this.rowsAlone = rowsAlone;
    this.columnsAlone = columnsAlone;
  }

  static SumsOfPairs none(HsicSums sums) {
    return new SumsOfPairs(
        sums.columns(),
        new double[Math.multiplyExact(sums.rows(), sums.columns())],
        new double[sums.rows()],
        new double[sums.columns()]);
  }

  static SumsOfPairs of(HsicSums sums) {
    SumsOfPairs now = none(sums);
    int width = sums.columns();
    Arrays.setAll(now.pairs, at -> sums.hsic(at / width, at % width));
    Arrays.setAll(now.rowsAlone, sums::rowHsic);
    Arrays.setAll(now.columnsAlone, sums::columnHsic);
    return now;
  }

  /** The sums that were added since. */
  SumsOfPairs since(SumsOfPairs before) {
    return new SumsOfPairs(
        columns,
        minus(pairs, before.pairs),
        minus(rowsAlone, before.rowsAlone),
        minus(columnsAlone, before.columnsAlone));
  }

  double pair(int row, int column) {
    return pairs[row * columns + column];
  }

  /** The sum of a row with itself. */
  double row(int row) {
    return rowsAlone[row];
  }

  /** The sum of a column with itself. */
  double column(int column) {
    return columnsAlone[column];
  }

  private static double[] minus(double[] a, double[] b) {
    double[] difference = new double[a.length];
    Arrays.setAll(difference, i -> a[i] - b[i]);
    return difference;
  }
}
