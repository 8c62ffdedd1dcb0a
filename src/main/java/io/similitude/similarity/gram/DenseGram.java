package io.similitude.similarity.gram;

import java.util.Arrays;
import java.util.Optional;

/**
 * A representation on a batch, as a measure uses it. It is the Gram matrix K = X X&#7488; of its
 * features X, n x p, centred within the batch, in float64. X itself is included if it was kept.
 *
 * <p>K is n x n, symmetric and centred again here. So its rows sum to zero in spite of float32
 * rounding. If X is kept and has fewer columns than rows, {@link #spectrum} comes from X: K has the
 * squares of the singular values, and only half of their digits.
 *
 * <p>A representation is constant when the centring leaves only rounding: |HKH|&sup2; is at most
 * 1e-10 |K|&sup2;, as in {@link UCentring}. For features, {@link Constancy} decides. The K of a
 * constant representation is zero.
 *
 * <p>Not thread-safe.
 */
public final class DenseGram {
  private static final double FLOAT32 = 0x1p-23;
  private static final double FLOAT64 = 0x1p-52;

  /**
   * The rounding errors of single entries mostly cancel in an eigenvalue: its error is usually a
   * hundredth of the worst case.
   */
  private static final double USUAL_32 = FLOAT32 / 100;

  private static final double VANISHING = 1e-10;

  private final int n;
  private final long width;
  private final double rounding;
  private final CentredFeatures features;

  /** Made from the features at the first request. */
  private double[] k;

  private Spectrum spectrum;

  /** Negative until it is computed at the first request. */
  private double centringError = -1;

  /**
   * @param width the number of features; 0: it is not known
   */
  private DenseGram(int n, long width, double[] k, double rounding, CentredFeatures features) {
    this.n = n;
    this.width = width;
    this.k = k;
    this.rounding = rounding;
    this.features = features;
  }

  /**
   * A stored Gram matrix, whose entries have float32 precision.
   *
   * @throws IllegalArgumentException if n is under 4 or the matrix holds a non-finite number
   */
  public static DenseGram of(PackedGram gram) {
    return of(gram, 0);
  }

  /**
   * A stored Gram matrix of a known number of features. Features are not stored when there are at
   * least as many as examples.
   *
   * @param width the number of features; 0: it is not known
   */
  public static DenseGram of(PackedGram gram, long width) {
    return of(gram.n(), width, gram.numbers(), FLOAT32);
  }

  /** A Gram matrix from a packed upper triangle in float64. */
  public static DenseGram of(int n, double[] packed) {
    return of(n, 0, packed, FLOAT64);
  }

  /**
   * The Gram matrix of features, with examples in rows; they need not be centred.
   *
   * @throws IllegalArgumentException if there are under 4 examples, rows of different lengths, or a
   *     non-finite number
   */
  public static DenseGram ofFeatures(double[][] rows) {
    UCentring.length(rows.length);
    return of(CentredFeatures.of(rows));
  }

  /** The Gram matrix of features in float32, with examples in rows; they need not be centred. */
  public static DenseGram ofFeatures(float[][] rows) {
    UCentring.length(rows.length);
    return of(CentredFeatures.of(rows));
  }

  private static DenseGram of(CentredFeatures features) {
    return new DenseGram(features.n(), features.p(), null, FLOAT64, features);
  }

  /**
   * This matrix without the features, if there are at least as many features as examples. Then the
   * features are of no use.
   */
  public DenseGram reduced() {
    return features == null || features.p() < n
        ? this
        : new DenseGram(n, width, matrix(), rounding, null);
  }

  private static DenseGram of(int n, long width, double[] packed, double rounding) {
    UCentring.length(n);
    double[] k = unpacked(n, packed);
    double before = squares(k);
    if (!Double.isFinite(before)) {
      throw new IllegalArgumentException(
          "Cannot centre a Gram matrix: it holds numbers that are not finite");
    }
    Centring.centre(n, k);
    if (!(squares(k) > VANISHING * before)) {
      Arrays.fill(k, 0);
    }
    return new DenseGram(n, width, k, rounding, null);
  }

  /** How many examples the batch has. */
  public int n() {
    return n;
  }

  /** K, row by row. It is not a copy. */
  double[] matrix() {
    if (k == null) {
      k = features.gram();
    }
    return k;
  }

  public double get(int i, int j) {
    return matrix()[i * n + j];
  }

  /** Whether every example has the same features, up to rounding. */
  public boolean isConstant() {
    for (int i = 0; i < n; i++) {
      if (get(i, i) != 0) {
        return false;
      }
    }
    return true;
  }

  public Optional<CentredFeatures> features() {
    return Optional.ofNullable(features);
  }

  /** Left singular vectors and singular values of X. Only values above rounding are included. */
  public Spectrum spectrum() {
    if (spectrum == null) {
      spectrum =
          features != null && features.p() < n
              ? Spectrum.ofFeatures(features)
              : Spectrum.ofGram(n, matrix(), n * rounding, n * noise(), width >= n);
    }
    return spectrum;
  }

  private double noise() {
    return rounding == FLOAT32 ? USUAL_32 : rounding;
  }

  /**
   * |x<sub>i</sub> - x<sub>j</sub>|&sup2; = K<sub>ii</sub> + K<sub>jj</sub> - 2 K<sub>ij</sub>; a
   * value of at most twice its rounding counts as 0, so that equal examples have distance 0.
   */
  public double squaredDistance(int i, int j) {
    double squared = get(i, i) + get(j, j) - 2 * get(i, j);
    return squared > 2 * squaredDistanceError(i, j) ? squared : 0;
  }

  /**
   * A bound on the rounding error of a squared distance.
   *
   * <p>An entry that is stored in float32 is off by at most 2<sup>-24</sup> |K<sub>ij</sub>|, and 2
   * |K<sub>ij</sub>| is at most K<sub>ii</sub> + K<sub>jj</sub>. So the sum of the three is off by
   * at most 2<sup>-23</sup> (K<sub>ii</sub> + K<sub>jj</sub>). The bound is twice that, because
   * libtorch adds up the products of features in float32 too. The centring does not matter: it
   * leaves distances as they are. In float64 the bound is the rounding of a sum of p products,
   * which grows as the root of p.
   */
  double squaredDistanceError(int i, int j) {
    return 2 * productRounding() * (get(i, i) + get(j, j));
  }

  /**
   * K<sub>ij</sub> / sqrt(K<sub>ii</sub> K<sub>jj</sub>). An example at the mean of the batch, up
   * to rounding, has no direction: its cosine with all others, and with itself, is 0.
   */
  double cosine(int i, int j) {
    return hasDirection(i) && hasDirection(j)
        ? get(i, j) / (Math.sqrt(get(i, i)) * Math.sqrt(get(j, j)))
        : 0;
  }

  /**
   * A bound on the rounding error of a cosine: that of the three entries, relative to them, and
   * that of the second centring, which moves each entry by about the rounding of a mean of n
   * entries.
   */
  double cosineError(int i, int j) {
    return hasDirection(i) && hasDirection(j)
        ? 2 * productRounding() + centringError() * (1 / get(i, i) + 1 / get(j, j))
        : 0;
  }

  private boolean hasDirection(int i) {
    return get(i, i) > centringError();
  }

  private double centringError() {
    if (centringError < 0) {
      double trace = 0;
      for (int i = 0; i < n; i++) {
        trace += get(i, i);
      }
      centringError = productRounding() * trace / (n * Math.sqrt(n));
    }
    return centringError;
  }

  private double productRounding() {
    return rounding == FLOAT32 ? rounding : rounding * Math.sqrt((double) Math.max(1, width));
  }

  private static double squares(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return sum;
  }

  /** All of a symmetric matrix, row by row, from its packed upper triangle. */
  static double[] unpacked(int n, double[] packed) {
    if (packed.length != PackedGram.length(n)) {
      throw new IllegalArgumentException(
          "Invalid packed Gram matrix: %d numbers (must be %d for n = %d)"
              .formatted(packed.length, PackedGram.length(n), n));
    }
    double[] full = new double[Math.multiplyExact(n, n)];
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++, at++) {
        full[i * n + j] = packed[at];
        full[j * n + i] = packed[at];
      }
    }
    return full;
  }
}
