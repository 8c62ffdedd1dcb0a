package io.similitude.comparison;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.similitude.network.TorchEngine;
import io.similitude.similarity.measure.HsicSums;
import java.util.Optional;

/**
 * Computes the product V W&#7488; of the sites' unit vectors. It contains the HSIC of every pair of
 * sites. The matrix products run in float32 on a device. The sums over batches are float64.
 *
 * <p>R x S sites at n examples take about R S n&sup2; floating-point operations; of V V&#7488; half
 * of them.
 */
public final class ProductEngine implements AutoCloseable {
  /**
   * The rows of one product of the symmetric half. The part of it below the diagonal is discarded.
   */
  private static final int SYMMETRIC_BLOCK = 128;

  /** The axis of a vector's entries. */
  private static final int[] EXAMPLES = {1};

  private final NDManager memory;

  /** An engine on the CPU, for the calling thread. Configure {@link TorchEngine} before. */
  public ProductEngine() {
    this(Optional.empty());
  }

  /**
   * An engine on a device, for the calling thread.
   *
   * @param gpu the GPU's index; empty for the CPU
   * @throws IllegalStateException if PyTorch does not see the GPU
   */
  public ProductEngine(Optional<Integer> gpu) {
    this.memory = NDManager.newBaseManager(TorchEngine.device(gpu), "PyTorch");
  }

  /** Adds to the sums the products of all pairs of rows and columns, for a batch of n examples. */
  public void add(SiteVectors rows, SiteVectors columns, int n, HsicSums sums) {
    try (NDManager scope = memory.newSubManager()) {
      NDArray product = matrix(scope, rows).matMul(matrix(scope, columns).transpose());
      sums.addWeighted(product.toFloatArray(), rows.weights(), columns.weights(), n);
    }
  }

  /**
   * Adds to the sums of a group the products of all pairs of these sites, for a batch of n
   * examples.
   */
  public void add(SiteVectors sites, int n, HsicSums sums) {
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
    sums.addWeighted(product, sites.weights(), sites.weights(), n);
  }

  /**
   * Adds to the sums the products of some pairs, for a batch of n examples. For the other pairs it
   * adds 0.
   *
   * @param columns may be the same as the rows
   */
  public void add(
      SiteVectors rows, SiteVectors columns, WantedProducts wanted, int n, HsicSums sums) {
    int width = columns.sites();
    float[] product = new float[rows.sites() * width];
    try (NDManager scope = memory.newSubManager()) {
      NDArray v = matrix(scope, rows);
      NDArray w = matrix(scope, columns);
      for (WantedProducts.Rectangle it : wanted.rectangles()) {
        try (NDArray down = v.get(range(it.row(), it.rows()));
            NDArray across = w.get(range(it.column(), it.columns()));
            NDArray products = down.matMul(across.transpose())) {
          float[] found = products.toFloatArray();
          for (int i = 0; i < it.rows(); i++) {
            int to = (it.row() + i) * width + it.column();
            System.arraycopy(found, i * it.columns(), product, to, it.columns());
          }
        }
      }
      for (WantedProducts.Stretch it : wanted.stretches()) {
        try (NDArray down = v.get(range(it.row(), it.length()));
            NDArray along = w.get(range(it.column(), it.length()));
            NDArray both = down.mul(along);
            NDArray products = both.sum(EXAMPLES)) {
          float[] found = products.toFloatArray();
          for (int k = 0; k < found.length; k++) {
            product[(it.row() + k) * width + it.column() + k] = found[k];
          }
        }
      }
    }
    sums.addWeighted(product, rows.weights(), columns.weights(), n);
  }

  private static String range(int from, int length) {
    return from + ":" + (from + length);
  }

  @Override
  public void close() {
    memory.close();
  }

  private static NDArray matrix(NDManager scope, SiteVectors sites) {
    return scope.create(sites.memory(), new Shape(sites.sites(), sites.length()), DataType.FLOAT32);
  }

  /** Copies rows from .. to of the product, given from column {@code from} on. */
  private static void place(float[] strip, int from, int to, float[] product, int r) {
    int width = r - from;
    for (int i = from; i < to; i++) {
      System.arraycopy(strip, (i - from) * width, product, i * r + from, width);
    }
  }
}
