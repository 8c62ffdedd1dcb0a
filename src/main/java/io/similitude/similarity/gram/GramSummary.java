package io.similitude.similarity.gram;

import java.util.Arrays;

/**
 * The numbers of a representation on a batch that every comparison with it needs. They are computed
 * once.
 *
 * @param n examples of the batch
 * @param norm |A| of its U-centred Gram matrix A, 0 for a constant layer
 * @param plainNorm |K| without the diagonal, of the Gram matrix K as it is stored
 * @param triangles tr A&sup3; at |A| = 1
 * @param cubes the sum of the cubes of A's entries at |A| = 1
 */
public record GramSummary(int n, double norm, double plainNorm, double triangles, double cubes) {
  /**
   * The largest ratio of |K| to |A| at which K may replace A in a float32 product. The excess of K
   * over A cancels in the product, and digits are lost.
   */
  private static final double MOST_EXCESS = 4;

  /**
   * If a norm lies between this value and its inverse, the norm's inverse is a float32 with full
   * precision.
   */
  private static final double LEAST_SCALABLE = 1e-30;

  public GramSummary {
    UCentring.length(n);
    if (!(norm >= 0 && plainNorm >= 0 && norm <= Double.MAX_VALUE && plainNorm <= Double.MAX_VALUE)
        || !Double.isFinite(triangles)
        || !Double.isFinite(cubes)) {
      throw new IllegalArgumentException(
          "Invalid moments: norms %s and %s, triangles %s, cubes %s (must be finite, norms not negative)"
              .formatted(norm, plainNorm, triangles, cubes));
    }
  }

  public CubicInvariants invariants() {
    return new CubicInvariants(n, triangles, cubes);
  }

  /** The square root of HSIC<sub>1</sub> of the representation with itself. */
  public double weight() {
    return UCentring.weight(n, norm);
  }

  /**
   * Whether the Gram matrix may stay uncentred in a product with a centred one. The part that
   * centring removes has the product 0. A constant layer has no centred matrix.
   */
  public boolean isPlainEnough() {
    boolean isScalable = norm > LEAST_SCALABLE && norm < 1 / LEAST_SCALABLE;
    return isScalable && plainNorm <= MOST_EXCESS * norm;
  }

  /**
   * Writes the vector of the U-centred matrix, at the positions of the packed matrix: that of
   * {@link UCentring#centreInPlace}, up to the rounding of float32.
   */
  public void writeCentred(PackedGram gram, float[] vector) {
    if (norm == 0) {
      Arrays.fill(vector, 0);
    } else if (isPlainEnough()) {
      Float32Centring.centre(n, gram.packed(), scale(gram), vector);
    } else {
      UCentring.centreInPlace(gram, vector);
    }
  }

  /** The factor that makes the centred matrix a vector of length 1. */
  private float scale(PackedGram gram) {
    return (float) plainScale(gram);
  }

  /**
   * The factor that makes the centred matrix a vector of length 1, and the product of the uncentred
   * matrix with a centred one the product of both centred ones.
   */
  public double plainScale(PackedGram gram) {
    return Math.sqrt(2) * gram.unit() / norm;
  }
}
