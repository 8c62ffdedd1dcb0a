package io.similitude.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.similitude.similarity.gram.CubicInvariants;
import io.similitude.similarity.gram.GramSummary;
import io.similitude.similarity.gram.PackedGram;
import io.similitude.similarity.gram.UCentring;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Computes the numbers of a Gram matrix that permutations of the examples do not change. Their cost
 * is one product of n x n matrices, in float32 on a device. The task that makes a Gram matrix
 * computes them, because it has the matrix at hand.
 *
 * <p>With A the U-centred matrix at |A| = 1, tr A&sup3; is the sum of the entries of A times those
 * of A A. Both are symmetric, so A A is computed in strips of {@value #STRIP} rows, each from its
 * own diagonal block on. For n examples this takes n&sup3; + {@value #STRIP} n&sup2; floating-point
 * operations.
 */
public final class GramInvariants implements AutoCloseable {
  private static final int STRIP = 128;

  /** The ratio of the cube of sqrt(2) A / |A| to the cube of A / |A|. */
  private static final double SQRT_8 = Math.sqrt(8);

  /** Rows and columns that are copied together, so that both stay in the first-level cache. */
  private static final int TILE = 32;

  private final NDManager memory;
  private float[] square = new float[0];
  private ByteBuffer bytes = ByteBuffer.allocateDirect(0);

  /**
   * For the calling thread. Configure {@link TorchEngine} before.
   *
   * @param gpu the GPU's index; empty for the CPU
   * @throws IllegalStateException if PyTorch does not see the GPU
   */
  public GramInvariants(Optional<Integer> gpu) {
    this.memory = NDManager.newBaseManager(TorchEngine.device(gpu), "PyTorch");
  }

  /**
   * The summary of a Gram matrix of at least 4 examples.
   *
   * @throws IllegalArgumentException if the matrix holds a number that is not finite
   */
  public GramSummary summary(PackedGram gram) {
    int n = gram.n();
    float[] vector = new float[UCentring.length(n)];
    double norm = UCentring.centre(gram, vector, 0);
    CubicInvariants cubic = norm > 0 ? of(n, vector) : CubicInvariants.none(n);
    return new GramSummary(n, norm, GramSummary.plainNorm(gram), cubic.triangles(), cubic.cubes());
  }

  /**
   * The invariants of a U-centred matrix A.
   *
   * @param vector sqrt(2) A / |A|, the upper triangle row by row without its diagonal; further
   *     entries are ignored
   */
  public CubicInvariants of(int n, float[] vector) {
    makeRoom(n);
    double cubes = writeUpper(n, vector);
    mirror(n);
    bytes.asFloatBuffer().put(square);
    return new CubicInvariants(n, triangles(n) / SQRT_8, 2 * cubes / SQRT_8);
  }

  @Override
  public void close() {
    memory.close();
  }

  private double triangles(int n) {
    double triangles = 0;
    try (NDManager scope = memory.newSubManager()) {
      ByteBuffer all = bytes.duplicate().order(ByteOrder.nativeOrder());
      NDArray matrix = scope.create(all, new Shape(n, n), DataType.FLOAT32);
      for (int from = 0; from < n; from += STRIP) {
        int to = Math.min(n, from + STRIP);
        NDArray rows = matrix.get(from + ":" + to);
        NDArray products = rows.matMul(matrix.get(from + ":").transpose());
        products.muli(rows.get(":, " + from + ":"));
        // The part right of the diagonal block stands for the part below it, too.
        double block = products.get(":, :" + (to - from)).sum().getFloat();
        triangles += 2 * (double) products.sum().getFloat() - block;
      }
    }
    return triangles;
  }

  /** Allocates a matrix with zeros on its diagonal. It is reused from call to call. */
  private void makeRoom(int n) {
    if (square.length != n * n) {
      square = new float[n * n];
      bytes = ByteBuffer.allocateDirect(n * n * Float.BYTES).order(ByteOrder.nativeOrder());
    }
  }

  /** Writes the entries above the diagonal and returns the sum of their cubes. */
  private double writeUpper(int n, float[] vector) {
    double cubes = 0;
    int k = 0;
    for (int i = 0; i < n - 1; i++) {
      int length = n - 1 - i;
      System.arraycopy(vector, k, square, i * n + i + 1, length);
      for (int end = k + length; k < end; k++) {
        double entry = vector[k];
        cubes += entry * entry * entry;
      }
    }
    return cubes;
  }

  /** Copies the entries above the diagonal to their places below it. */
  private void mirror(int n) {
    for (int top = 0; top < n; top += TILE) {
      int bottom = Math.min(n, top + TILE);
      for (int left = top; left < n; left += TILE) {
        int right = Math.min(n, left + TILE);
        for (int j = Math.max(left, top + 1); j < right; j++) {
          for (int i = top; i < Math.min(bottom, j); i++) {
            square[j * n + i] = square[i * n + j];
          }
        }
      }
    }
  }
}
