package io.similitude.similarity.gram;

import java.util.Arrays;

/**
 * A representation as an inner-product measure uses it: a unit vector, and its weight in the ratio
 * of sums. A constant layer has the vector 0 and the weight 0.
 */
public final class UnitVector {
  private final double[] values;
  private final double root;

  private UnitVector(double[] values, double root) {
    this.values = values;
    this.root = root;
  }

  /**
   * The unit vector of the U-centred matrix. The square of the weight is HSIC_1 of the kernel with
   * itself.
   */
  public static UnitVector unbiased(int n, double[] packed) {
    double[] values = new double[UCentring.length(n)];
    double norm = UCentring.centre(n, packed, values, 0);
    return new UnitVector(values, UCentring.weight(n, norm));
  }

  /**
   * The unit vector of the doubly centred matrix. The square of the weight is HSIC_0 of the kernel
   * with itself.
   */
  public static UnitVector biased(int n, double[] packed) {
    UnitVector centred = direction(packed(n, centred(n, packed)));
    return new UnitVector(centred.values, centred.root / (n - 1));
  }

  /**
   * The unit vector of numbers less their mean, with weight 1. Products of such vectors are
   * Pearson's correlations.
   */
  public static UnitVector standardised(double[] numbers) {
    double mean = Arrays.stream(numbers).average().orElseThrow();
    double largest = 0;
    double[] values = new double[numbers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers[i] - mean;
      largest = Math.max(largest, Math.abs(numbers[i]));
    }
    UnitVector unit = direction(values);
    double rounding = numbers.length * 0x1p-52 * largest;
    return unit.root > rounding ? new UnitVector(unit.values, 1) : constant(values.length);
  }

  /** The vector's direction; the weight is its norm. */
  private static UnitVector direction(double[] values) {
    double norm = Math.sqrt(Vectors.dot(values, values));
    if (!(norm > 0)) {
      return constant(values.length);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] /= norm;
    }
    return new UnitVector(values, norm);
  }

  /** The vector of a constant layer. */
  public static UnitVector constant(int length) {
    return new UnitVector(new double[length], 0);
  }

  public double root() {
    return root;
  }

  /** Whether the vector is zero, as for a constant layer. */
  public boolean isZero() {
    return Arrays.stream(values).allMatch(value -> value == 0);
  }

  /** The same direction with another weight. */
  public UnitVector weighted(double factor) {
    return new UnitVector(values, root * factor);
  }

  /** Writes the numbers as float32, and zeros after them. */
  public void copyTo(float[] vector) {
    for (int i = 0; i < values.length; i++) {
      vector[i] = (float) values[i];
    }
    Arrays.fill(vector, values.length, vector.length, 0);
  }

  /** The cubic invariants, if this is the vector of a U-centred matrix. */
  public CubicInvariants invariants(int n) {
    return CubicInvariants.of(n, values);
  }

  public double cosine(UnitVector other) {
    return Vectors.dot(values, other.values);
  }

  private static double[] centred(int n, double[] packed) {
    double[] full = DenseGram.unpacked(n, packed);
    Centring.centre(n, full);
    return full;
  }

  /**
   * The upper triangle with its diagonal. Its entries are weighted so that products of vectors
   * equal products of matrices.
   */
  private static double[] packed(int n, double[] full) {
    double[] packed = new double[PackedGram.length(n)];
    int at = 0;
    for (int i = 0; i < n; i++) {
      packed[at++] = full[i * n + i];
      for (int j = i + 1; j < n; j++) {
        packed[at++] = Math.sqrt(2) * full[i * n + j];
      }
    }
    return packed;
  }
}
