package io.similitude.comparison;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.similitude.network.TorchEngine;
import io.similitude.similarity.measure.HsicSums;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Computes the product V W&#7488; of the sites' unit vectors. It contains the HSIC of every pair of
 * sites. The matrix products run in float32 on a device. The sums over batches are float64.
 *
 * <p>R x S sites at n examples take about R S n&sup2; floating-point operations; of V V&#7488; half
 * of them.
 */
public final class ProductEngine implements AutoCloseable {
  /** The most rows of a product on the diagonal. The part of it below the diagonal is discarded. */
  private static final int SYMMETRIC_BLOCK = 64;

  /** Rows that a matrix product takes together. */
  private static final int ROW_STEP = 16;

  /** The axis of a vector's entries. */
  private static final int[] EXAMPLES = {1};

  private final NDManager memory;

  /** Reused from batch to batch. New arrays of this size would keep the garbage collector busy. */
  private float[] products = new float[0];

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
      makeRoom(rows.sites(), columns.sites());
      floats(product).get(products);
    }
    scale(rows.scales(), columns.scales());
    sums.addWeighted(products, rows.weights(), columns.weights(), n);
  }

  /**
   * Adds to the sums of a group the products of all pairs of these sites, for a batch of n
   * examples.
   */
  public void add(SiteVectors sites, int n, HsicSums sums) {
    int r = sites.sites();
    makeRoom(r, r);
    try (NDManager scope = memory.newSubManager()) {
      addHalf(matrix(scope, sites), 0, r);
    }
    scale(sites.scales(), sites.scales());
    sums.addWeighted(products, sites.weights(), sites.weights(), n);
  }

  /**
   * The products of the rows from .. to with each other, above the diagonal: those of either half,
   * and those of one half with the other.
   */
  private void addHalf(NDArray v, int from, int to) {
    if (to - from <= SYMMETRIC_BLOCK) {
      place(v, from, to, from, to);
      return;
    }
    int steps = (to - from) / (2 * ROW_STEP);
    int middle = from + steps * ROW_STEP;
    addHalf(v, from, middle);
    place(v, from, middle, middle, to);
    addHalf(v, middle, to);
  }

  /** Puts the products of some rows with others to their place. */
  private void place(NDArray v, int from, int to, int first, int last) {
    int r = Math.toIntExact(v.size(0));
    try (NDArray down = v.get(from + ":" + to);
        NDArray across = v.get(first + ":" + last);
        NDArray found = down.matMul(across.transpose())) {
      FloatBuffer floats = floats(found);
      for (int i = from; i < to; i++) {
        floats.get(products, i * r + first, last - first);
      }
    }
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
    makeRoom(rows.sites(), width);
    Arrays.fill(products, 0);
    try (NDManager scope = memory.newSubManager()) {
      NDArray v = matrix(scope, rows);
      NDArray w = matrix(scope, columns);
      for (WantedProducts.Rectangle it : wanted.rectangles()) {
        try (NDArray down = v.get(range(it.row(), it.rows()));
            NDArray across = w.get(range(it.column(), it.columns()));
            NDArray found = down.matMul(across.transpose())) {
          FloatBuffer floats = floats(found);
          for (int i = 0; i < it.rows(); i++) {
            floats.get(products, (it.row() + i) * width + it.column(), it.columns());
          }
        }
      }
      for (WantedProducts.Stretch it : wanted.stretches()) {
        try (NDArray down = v.get(range(it.row(), it.length()));
            NDArray along = w.get(range(it.column(), it.length()));
            NDArray both = down.mul(along);
            NDArray found = both.sum(EXAMPLES)) {
          FloatBuffer floats = floats(found);
          for (int k = 0; k < it.length(); k++) {
            products[(it.row() + k) * width + it.column() + k] = floats.get(k);
          }
        }
      }
    }
    scale(rows.scales(), columns.scales());
    sums.addWeighted(products, rows.weights(), columns.weights(), n);
  }

  /** Multiplies the products by the factors of their sites. */
  private void scale(float[] rows, float[] columns) {
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        products[i * columns.length + j] *= rows[i] * columns[j];
      }
    }
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

  private void makeRoom(int rows, int columns) {
    int length = Math.multiplyExact(rows, columns);
    if (products.length != length) {
      products = new float[length];
    }
  }

  /** The values of an array. Those of the CPU are not copied, so they are valid until it closes. */
  private static FloatBuffer floats(NDArray array) {
    return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }
}
