package io.similitude.similarity.gram;

/**
 * Turns a Gram matrix into a unit vector and a norm. HSIC<sub>1</sub> is then a product of these.
 *
 * <p>For a symmetric n x n matrix K, n at least 4, the U-centred matrix A has a zero diagonal and,
 * off it,
 *
 * <pre>
 *   A_ij = K_ij - r_i - r_j,   r_i = (sum_{l != i} K_il) / (n-2) - S / (2 (n-1)(n-2)),
 *   S = sum_{k != l} K_kl.
 * </pre>
 *
 * <p>It is written as its norm |A|, over both triangles, and the vector a = sqrt(2) A / |A| of the
 * upper triangle, row by row without the diagonal, n (n - 1) / 2 numbers: a unit vector. Then
 *
 * <pre>
 *   HSIC_1(K, L) = sum_ij A_ij B_ij / (n (n-3)) = |A| |B| &lt;a, b&gt; / (n (n-3)),
 * </pre>
 *
 * <p>and &lt;a, b&gt; alone is the batch's debiased CKA. Because of the unit vectors, the product
 * can run in float32 at any scale of the features: there is no overflow and no underflow.
 *
 * <p>Accuracy: everything is computed in float64 and rounded once, when a is written. |A|&sup2; is
 * sum A<sub>ij</sub> K<sub>ij</sub> = sum K<sub>ij</sub>&sup2; - 2 sum r<sub>i</sub> R<sub>i</sub>,
 * R<sub>i</sub> the row sums off the diagonal, since the rows of A sum to zero.
 *
 * <p>If |A|&sup2; is at most 1e-10 |K|&sup2;, the layer counts as constant: norm 0, vector 0. That
 * is a choice. For equal features, float32 rounding leaves a fraction of 1e-14 to 1e-12. For p
 * independent features that differ, the fraction is n / p. So layers with up to a billion features
 * do not count as constant.
 *
 * <p>Source: G. J. Szekely, M. L. Rizzo, Partial distance correlation with methods for
 * dissimilarities, Annals of Statistics 42 (2014), definition 2 (U-centring) and the inner product
 * after it; that it equals the estimator of L. Song et al., Feature selection via dependence
 * maximization, JMLR 13 (2012), theorem 2, is checked in the tests.
 */
public final class UCentring {
  /** The smallest batch for which HSIC<sub>1</sub> is defined. */
  public static final int MIN_EXAMPLES = 4;

  private UCentring() {}

  /** How many numbers the vector of a batch of n examples has: n (n - 1) / 2. */
  public static int length(int n) {
    if (n < MIN_EXAMPLES) {
      throw new IllegalArgumentException(
          "Invalid batch: %d examples (must be at least %d: HSIC_1 divides by n (n - 3))"
              .formatted(n, MIN_EXAMPLES));
    }
    return Math.toIntExact(n * (n - 1L) / 2);
  }

  /**
   * Writes the unit vector into {@code vector}, starting at {@code offset}, and returns the norm
   * |A|. A constant layer gives zeros and the norm 0.
   *
   * @throws IllegalArgumentException if n is under 4 or the matrix holds a non-finite number
   */
  public static double centre(PackedGram gram, float[] vector, int offset) {
    return norms(gram, vector, offset).centred;
  }

  /**
   * The norms of a Gram matrix K and of its U-centred matrix A.
   *
   * @param centred |A|, 0 for a constant layer
   * @param plain |K| without the diagonal
   */
  public record Norms(double centred, double plain) {}

  /** Like {@link #centre(PackedGram, float[], int)}, and returns both norms. */
  public static Norms norms(PackedGram gram, float[] vector, int offset) {
    float[] narrow = new float[gram.n()];
    RowWriter writer =
        (start, row, from) -> {
          for (int j = from; j < row.length; j++) {
            narrow[j] = (float) row[j];
          }
          System.arraycopy(narrow, from, vector, offset + start, row.length - from);
        };
    Norms norms = centre(gram.n(), reader(gram), writer);
    return new Norms(norms.centred * gram.unit(), norms.plain * gram.unit());
  }

  /**
   * Like {@link #centre(PackedGram, float[], int)}, but keeps the diagonal, which is zero. So each
   * number has the position of K<sub>ij</sub> in the packed matrix.
   */
  public static double centreInPlace(PackedGram gram, float[] vector) {
    int n = gram.n();
    float[] packed = gram.packed();
    GramMoments moments = GramMoments.of(n, reader(gram));
    double norm = moments.centredNorm();
    double scale = norm == 0 ? 0 : Math.sqrt(2) / norm;
    double[] shifts = moments.shifts();
    int k = 0;
    for (int i = 0; i < n; i++) {
      int start = k - i;
      double shift = shifts[i];
      vector[k] = 0;
      for (int j = i + 1; j < n; j++) {
        vector[start + j] = (float) ((packed[start + j] - shift - shifts[j]) * scale);
      }
      k += n - i;
    }
    return norm * gram.unit();
  }

  /** The square root of HSIC<sub>1</sub> of a representation with itself, from its norm. */
  public static double weight(int n, double norm) {
    return norm / Math.sqrt(n * (n - 3.0));
  }

  /** Centres a packed upper triangle with its diagonal, all in float64. */
  public static double centre(int n, double[] packed, double[] vector, int offset) {
    RowReader rows =
        (start, row, from) -> System.arraycopy(packed, start, row, from, row.length - from);
    RowWriter writer =
        (start, row, from) ->
            System.arraycopy(row, from, vector, offset + start, row.length - from);
    return centre(n, rows, writer).centred;
  }

  private static Norms centre(int n, RowReader rows, RowWriter writer) {
    length(n);
    GramMoments moments = GramMoments.of(n, rows);
    double norm = moments.centredNorm();
    write(n, rows, moments.shifts(), norm == 0 ? 0 : Math.sqrt(2) / norm, writer);
    return new Norms(norm, moments.plainNorm());
  }

  /**
   * Copies a row before it is widened. The compiler makes vector instructions of a loop in which
   * all arrays have the same index.
   */
  private static RowReader reader(PackedGram gram) {
    float[] packed = gram.packed();
    float[] narrow = new float[gram.n()];
    return (start, row, from) -> {
      System.arraycopy(packed, start, narrow, from, row.length - from);
      for (int j = from; j < row.length; j++) {
        row[j] = narrow[j];
      }
    };
  }

  private static void write(
      int n, RowReader rows, double[] shifts, double scale, RowWriter writer) {
    double[] row = new double[n];
    int in = 0;
    int out = 0;
    for (int i = 0; i < n - 1; i++) {
      rows.read(in, row, i);
      double shift = shifts[i];
      for (int j = i + 1; j < n; j++) {
        row[j] = (row[j] - shift - shifts[j]) * scale;
      }
      writer.write(out, row, i + 1);
      in += n - i;
      out += n - i - 1;
    }
  }

  /** Fills row[from..] with the packed values that begin at start. */
  interface RowReader {
    void read(int start, double[] row, int from);
  }

  /** Writes row[from..] to the vector's position start. */
  private interface RowWriter {
    void write(int start, double[] row, int from);
  }
}
