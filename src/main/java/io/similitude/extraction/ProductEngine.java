package io.similitude.extraction;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.similitude.similarity.HsicSums;

/**
 * The product V W^T of U-centred Gram matrices, which holds HSIC_1 of every pair of sites: what all
 * comparing comes down to. Runs as float32 matrix products on a device; what adds up over batches
 * is float64.
 *
 * <p>R x S sites at n examples take R S n (n - 1) floating-point operations; of V V^T half of them.
 */
public final class ProductEngine implements AutoCloseable {
  /**
   * Rows of one product of the symmetric half: what lies below the diagonal in it is thrown away.
   */
  private static final int SYMMETRIC_BLOCK = 128;

  private final NDManager memory;

  /** An engine on the CPU; {@link io.similitude.network.TorchEngine} is configured before. */
  public ProductEngine() {
    this.memory = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  }

  /** Adds a batch's products of all pairs of rows and columns to the sums. */
  public void add(CentredGrams rows, CentredGrams columns, HsicSums sums) {
    try (NDManager scope = memory.newSubManager()) {
      NDArray product = matrix(scope, rows).matMul(matrix(scope, columns).transpose());
      sums.add(product.toFloatArray(), rows.norms(), columns.norms(), rows.n());
    }
  }

  /** Adds a batch's products of all pairs of these sites to the sums: one half, then mirrored. */
  public void add(CentredGrams sites, HsicSums sums) {
    int r = sites.sites();
    float[] product = new float[r * r];
    try (NDManager scope = memory.newSubManager()) {
      NDArray v = matrix(scope, sites);
      for (int from = 0; from < r; from += SYMMETRIC_BLOCK) {
        int to = Math.min(r, from + SYMMETRIC_BLOCK);
        NDArray strip = v.get(from + ":" + to).matMul(v.get(from + ":").transpose());
        place(strip.toFloatArray(), from, to, product, r);
        strip.close();
      }
    }
    mirror(product, r);
    sums.add(product, sites.norms(), sites.norms(), sites.n());
  }

  @Override
  public void close() {
    memory.close();
  }

  private static NDArray matrix(NDManager scope, CentredGrams grams) {
    return scope.create(grams.memory(), new Shape(grams.sites(), grams.length()), DataType.FLOAT32);
  }

  /** Copies rows from .. to of the product, given from column {@code from} on. */
  private static void place(float[] strip, int from, int to, float[] product, int r) {
    int width = r - from;
    for (int i = from; i < to; i++) {
      System.arraycopy(strip, (i - from) * width, product, i * r + from, width);
    }
  }

  private static void mirror(float[] product, int r) {
    for (int i = 1; i < r; i++) {
      for (int j = 0; j < i; j++) {
        product[i * r + j] = product[j * r + i];
      }
    }
  }
}
