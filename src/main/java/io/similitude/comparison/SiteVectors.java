package io.similitude.comparison;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * The unit vectors of R sites on one batch, as the rows of one matrix V of R x length, with the
 * sites' weights. A row may stand in another scale. Then its products are multiplied afterwards.
 * The matrix is outside of the heap, so that the product can read it without a copy.
 */
public final class SiteVectors implements AutoCloseable {
  private final int sites;
  private final int length;
  private final ByteBuffer memory;
  private final double[] weights;
  private final float[] scales;
  private ByteBuffer whole;

  /**
   * Takes memory for the vectors of the sites. Their values are undefined until they are set. Close
   * it, so that the memory can be used again.
   *
   * @throws IllegalArgumentException if they take 2 GiB or more
   */
  public SiteVectors(int sites, int length) {
    this.sites = sites;
    this.length = length;
    this.weights = new double[sites];
    this.scales = new float[sites];
    long bytes = bytes(sites, length);
    if (bytes > VectorMemory.MOST_BYTES) {
      throw new IllegalArgumentException(
          "Invalid number of sites: %d with vectors of %d numbers take %d bytes (must be under 2 GiB)"
              .formatted(sites, length, bytes));
    }
    this.whole = VectorMemory.takeFor((int) bytes);
    this.memory = VectorMemory.slice(whole, (int) bytes);
  }

  /** The bytes that this number of sites takes. */
  public static long bytes(int sites, int length) {
    return (long) sites * length * Float.BYTES;
  }

  /** Copies the vector of a site into its row and replaces the old values. */
  public void set(int site, float[] vector, double weight) {
    set(site, vector, weight, 1);
  }

  /**
   * The same for a vector that is not scaled yet.
   *
   * @param scale the factor of its products
   */
  public void set(int site, float[] vector, double weight, double scale) {
    if (vector.length != length) {
      throw new IllegalArgumentException(
          "Invalid vector: %d numbers (must be %d)".formatted(vector.length, length));
    }
    weights[site] = weight;
    scales[site] = (float) scale;
    FloatBuffer floats = memory.asFloatBuffer();
    floats.position(site * length);
    floats.put(vector);
  }

  /** The number of sites R. */
  public int sites() {
    return sites;
  }

  /** The number of columns of V. */
  public int length() {
    return length;
  }

  /** The sites' weights. */
  public double[] weights() {
    return weights.clone();
  }

  /** The factors of the sites' products. They are not copied. */
  float[] scales() {
    return scales;
  }

  /** Gives the memory back. Nothing may use the vectors after that. */
  @Override
  public void close() {
    if (whole != null) {
      VectorMemory.giveBack(whole);
      whole = null;
    }
  }

  ByteBuffer memory() {
    return memory.duplicate().order(ByteOrder.nativeOrder());
  }
}
