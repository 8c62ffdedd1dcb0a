package io.similitude.extraction;

import io.similitude.similarity.PackedGram;
import io.similitude.similarity.UCentring;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * The U-centred Gram matrices of R sites on one batch of n examples, as the rows of one matrix V, R
 * x n (n - 1) / 2: unit vectors, their lengths beside them. Lies outside of the heap, where the
 * product reads it without a copy.
 */
public final class CentredGrams {
  /** Of a vector register; products of aligned rows are the same wherever the memory lies. */
  private static final int ALIGNMENT = 64;

  private final int n;
  private final int sites;
  private final ByteBuffer memory;
  private final double[] norms;
  private final float[] scratch;

  /**
   * Room for the sites' matrices, all of them zero.
   *
   * @throws IllegalArgumentException if they take 2 GiB or more
   */
  public CentredGrams(int sites, int n) {
    this.n = n;
    this.sites = sites;
    this.scratch = new float[UCentring.length(n)];
    this.norms = new double[sites];
    long bytes = bytes(sites, n);
    if (bytes > Integer.MAX_VALUE - 2 * ALIGNMENT) {
      throw new IllegalArgumentException(
          "Invalid number of sites: %d with n = %d take %d bytes (must be under 2 GiB)"
              .formatted(sites, n, bytes));
    }
    this.memory =
        // A slice is aligned at both of its ends.
        ByteBuffer.allocateDirect((int) bytes + 2 * ALIGNMENT)
            .alignedSlice(ALIGNMENT)
            .limit((int) bytes)
            .slice()
            .order(ByteOrder.nativeOrder());
  }

  /** The bytes that so many sites take. */
  public static long bytes(int sites, int n) {
    return (long) sites * UCentring.length(n) * Float.BYTES;
  }

  /** Centres a Gram matrix into the row of a site, over what was there. */
  public void set(int site, PackedGram gram) {
    if (gram.n() != n) {
      throw new IllegalArgumentException(
          "Invalid Gram matrix: n = %d (must be %d)".formatted(gram.n(), n));
    }
    norms[site] = UCentring.centre(gram, scratch, 0);
    FloatBuffer floats = memory.asFloatBuffer();
    floats.position(site * scratch.length);
    floats.put(scratch);
  }

  /** Examples of the batch. */
  public int n() {
    return n;
  }

  /** R. */
  public int sites() {
    return sites;
  }

  /** The sites' |A|. */
  public double[] norms() {
    return norms.clone();
  }

  /** The columns of V. */
  int length() {
    return scratch.length;
  }

  ByteBuffer memory() {
    return memory.duplicate().order(ByteOrder.nativeOrder());
  }
}
