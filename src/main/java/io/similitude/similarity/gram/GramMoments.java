package io.similitude.similarity.gram;

import java.util.Arrays;

/** The sums for U-centring, from one pass over a Gram matrix: row sums and sums of squares. */
final class GramMoments {
  /**
   * If U-centring leaves at most this fraction of |K|&sup2;, it is the rounding of a constant
   * layer.
   */
  private static final double VANISHING = 1e-10;

  private final double[] sums;
  private final double squares;
  private final double diagonalSquares;

  private GramMoments(double[] sums, double squares, double diagonalSquares) {
    this.sums = sums;
    this.squares = squares;
    this.diagonalSquares = diagonalSquares;
  }

  static GramMoments of(int n, UCentring.RowReader rows) {
    double[] sums = new double[n];
    double[] squares = new double[n];
    double[] row = new double[n];
    double diagonal = 0;
    int start = 0;
    for (int i = 0; i < n; i++) {
      rows.read(start, row, i);
      diagonal += row[i] * row[i];
      addColumns(row, i + 1, sums, squares);
      sums[i] += sum(row, i + 1);
      start += n - i;
    }
    return new GramMoments(sums, 2 * Arrays.stream(squares).sum(), diagonal);
  }

  private static void addColumns(double[] row, int from, double[] sums, double[] squares) {
    for (int j = from; j < row.length; j++) {
      sums[j] += row[j];
      squares[j] += row[j] * row[j];
    }
  }

  /** Uses four partial sums. With a single one, every addition would wait for the one before. */
  private static double sum(double[] row, int from) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int j = from;
    for (; j + 3 < row.length; j += 4) {
      s0 += row[j];
      s1 += row[j + 1];
      s2 += row[j + 2];
      s3 += row[j + 3];
    }
    for (; j < row.length; j++) {
      s0 += row[j];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** r<sub>i</sub> of {@link UCentring}. */
  double[] shifts() {
    int n = sums.length;
    double mean = Arrays.stream(sums).sum() / (2.0 * (n - 1) * (n - 2));
    return Arrays.stream(sums).map(sum -> sum / (n - 2) - mean).toArray();
  }

  /** |K| without the diagonal. */
  double plainNorm() {
    return Math.sqrt(squares);
  }

  /** |A|, or 0 if it is negligible compared with |K|. */
  double centredNorm() {
    double total = squares + diagonalSquares;
    if (!Double.isFinite(total)) {
      throw new IllegalArgumentException(
          "Cannot centre a Gram matrix: it holds numbers that are not finite");
    }
    double[] shifts = shifts();
    double centred = squares;
    for (int i = 0; i < sums.length; i++) {
      centred -= 2 * shifts[i] * sums[i];
    }
    return centred > VANISHING * total ? Math.sqrt(centred) : 0;
  }
}
