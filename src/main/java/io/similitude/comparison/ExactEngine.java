package io.similitude.comparison;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.similitude.comparison.WantedStrips.Strip;
import io.similitude.network.TorchEngine;
import io.similitude.similarity.exact.ExactFeatures;
import io.similitude.similarity.exact.ExactProducts;
import io.similitude.similarity.gram.CentredBatch;
import io.similitude.similarity.measure.PairSums;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The matrix products of exact CKA, in float64 on a device. Tiles and features stay in the heap.
 * They get to the device in pieces, through memory outside of the heap. For tiles and their
 * products it takes 2 MiB for the rows and 2 MiB for the columns, or more if there are more than
 * 1,024 of them. For cross-covariances it takes the features of one batch, and at most 64 MiB for
 * the C_g and their sum.
 *
 * <p>The order of summation is the library's. It is the same for the same input on the same
 * processor.
 */
public final class ExactEngine implements ExactProducts, AutoCloseable {
  /** The numbers of a piece of the rows, or of the columns. They stay in a core's cache. */
  private static final int PIECE = 1 << 18;

  /** The shortest rows of a piece. With shorter ones, adding the pieces up takes too long. */
  private static final int SHORTEST = 256;

  /** The rows of a piece are a multiple of it long, so each is aligned. */
  private static final int ALIGNED = 8;

  /** The numbers of the C_g that are held at once. */
  private static final long HELD_SHARES = 1L << 22;

  /** The axis of the features of the first representation. */
  private static final int[] FEATURES = {0};

  private final NDManager memory;
  private final DoubleMemory down = new DoubleMemory();
  private final DoubleMemory across = new DoubleMemory();

  /**
   * An engine on a device, for the calling thread. Configure {@link TorchEngine} before.
   *
   * @param gpu the GPU's index; empty for the CPU
   * @throws IllegalStateException if PyTorch does not see the GPU
   */
  public ExactEngine(Optional<Integer> gpu) {
    this.memory = NDManager.newBaseManager(TorchEngine.device(gpu), "PyTorch");
  }

  /** The rows of a matrix in the heap. */
  private interface Rows {
    void write(int row, int from, int length, DoubleBuffer to);
  }

  @Override
  public double[] gram(CentredBatch x, CentredBatch y) {
    double[] gram = new double[Math.multiplyExact(x.n(), y.n())];
    List<Strip> whole = List.of(new Strip(0, x.n(), 0, y.n()));
    add(examples(x), x.n(), examples(y), y.n(), x.p(), whole, gram);
    return gram;
  }

  @Override
  public double[] tiles(double[][] rows, double[][] columns, PairSums.Pairs wanted) {
    double[] products = new double[Math.multiplyExact(rows.length, columns.length)];
    List<Strip> strips = WantedStrips.of(rows.length, columns.length, wanted);
    Rows v = (row, from, length, to) -> to.put(rows[row], from, length);
    Rows w =
        rows == columns ? v : (column, from, length, to) -> to.put(columns[column], from, length);
    if (!strips.isEmpty()) {
      add(v, rows.length, w, columns.length, rows[0].length, strips, products);
    }
    return products;
  }

  @Override
  public double[][] covariances(ExactFeatures x, List<ExactFeatures> others) {
    int batches = x.batches().size();
    double[][] shares = new double[others.size()][batches];
    if (others.isEmpty()) {
      return shares;
    }
    int q = others.stream().mapToInt(it -> it.site().p()).reduce(0, Math::addExact);
    int stripe = (int) Math.max(1, HELD_SHARES / ((long) batches * q));
    for (int from = 0; from < x.site().p(); from += stripe) {
      addCovariances(x, from, Math.min(x.site().p(), from + stripe), others, q, shares);
    }
    return shares;
  }

  @Override
  public void close() {
    memory.close();
    down.close();
    across.close();
  }

  /** Adds the inner products of r vectors v with s vectors w, those of the strips. */
  private void add(
      Rows v, int r, Rows w, int s, int length, List<Strip> strips, double[] products) {
    int most = Math.max(SHORTEST, PIECE / Math.max(r, s) / ALIGNED * ALIGNED);
    for (int at = 0; at < length; at += most) {
      int from = at;
      int piece = Math.min(most, length - from);
      try (NDManager scope = memory.newSubManager()) {
        NDArray a = down.matrix(scope, r, piece, (row, to) -> v.write(row, from, piece, to));
        NDArray b =
            v == w ? a : across.matrix(scope, s, piece, (row, to) -> w.write(row, from, piece, to));
        strips.forEach(strip -> add(a, b, strip, products, s));
      }
    }
  }

  private static void add(NDArray a, NDArray b, Strip strip, double[] products, int columns) {
    try (NDArray rows = a.get(strip.top() + ":" + strip.bottom());
        NDArray others = b.get(strip.left() + ":" + strip.right());
        NDArray transposed = others.transpose();
        NDArray product = rows.matMul(transposed)) {
      double[] found = product.toDoubleArray();
      int width = strip.right() - strip.left();
      for (int i = strip.top(); i < strip.bottom(); i++) {
        for (int j = 0; j < width; j++) {
          products[i * columns + strip.left() + j] += found[(i - strip.top()) * width + j];
        }
      }
    }
  }

  /** Adds the shares of rows {@code from} to {@code to} of C. */
  private void addCovariances(
      ExactFeatures x, int from, int to, List<ExactFeatures> others, int q, double[][] shares) {
    try (NDManager scope = memory.newSubManager()) {
      NDArray whole = scope.zeros(new Shape(to - from, q), DataType.FLOAT64);
      List<NDArray> parts = new ArrayList<>();
      for (int g = 0; g < x.batches().size(); g++) {
        NDArray part = covariance(scope, x.batches().get(g), from, to, batches(others, g), q);
        whole.addi(part);
        parts.add(part);
      }
      for (int g = 0; g < parts.size(); g++) {
        double[] sums = parts.get(g).muli(whole).sum(FEATURES).toDoubleArray();
        int j = 0;
        for (int k = 0; k < shares.length; k++) {
          for (int end = j + others.get(k).site().p(); j < end; j++) {
            shares[k][g] += sums[j];
          }
        }
      }
    }
  }

  /** Rows {@code from} to {@code to} of C_g, with the features of all others side by side. */
  private NDArray covariance(
      NDManager scope, CentredBatch x, int from, int to, List<CentredBatch> others, int q) {
    try (NDManager batch = memory.newSubManager()) {
      Rows rows = examples(x);
      NDArray a =
          down.matrix(batch, x.n(), to - from, (i, row) -> rows.write(i, from, to - from, row));
      NDArray b =
          across.matrix(
              batch,
              x.n(),
              q,
              (i, row) -> others.forEach(y -> row.put(y.rows(), i * y.p(), y.p())));
      NDArray part = a.transpose().matMul(b);
      part.attach(scope);
      return part;
    }
  }

  private static List<CentredBatch> batches(List<ExactFeatures> others, int g) {
    return others.stream().map(it -> it.batches().get(g)).toList();
  }

  private static Rows examples(CentredBatch x) {
    return (row, from, length, to) -> to.put(x.rows(), row * x.p() + from, length);
  }
}
