package io.similitude.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.similitude.similarity.gram.CubicInvariants;
import io.similitude.similarity.gram.GramSummary;
import io.similitude.similarity.gram.PackedGram;
import io.similitude.similarity.gram.UCentring;
import io.similitude.similarity.gram.Vectors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Computes the numbers of a Gram matrix that permutations of the examples do not change. Their cost
 * is one product of n x n matrices, in float32 on a device. The task that makes a Gram matrix
 * computes them, because it has the matrix at hand.
 *
 * <p>With T the part of the U-centred matrix A above its diagonal, at |A| = 1, each triangle i &lt;
 * j &lt; k is counted six times in tr A&sup3;, so it is six times the sum of the entries of T times
 * those of T T. T is cut into blocks of {@value #BLOCK} rows and columns. Products of blocks that
 * are zero are left out. For n examples this takes about n&sup3; / 3 + {@value #BLOCK} n&sup2;
 * floating-point operations.
 */
public final class GramInvariants implements AutoCloseable {
  private static final int BLOCK = 64;

  /** The ratio of the cube of sqrt(2) A / |A| to the cube of A / |A|. */
  private static final double SQRT_8 = Math.sqrt(8);

  private final NDManager memory;

  /** Whether the device reads the memory that this class writes. A GPU reads a copy. */
  private final boolean isShared;

  /** T, n x n. What lies on its diagonal and below is 0. */
  private ByteBuffer upper = ByteBuffer.allocateDirect(0);

  /** The blocks of T, where the device reads it without a copy. They are made once for each n. */
  private List<Block> shared = List.of();

  private NDManager sharedScope;
  private float[] centred = new float[0];

  /**
   * For the calling thread. Configure {@link TorchEngine} before.
   *
   * @param gpu the GPU's index; empty for the CPU
   * @throws IllegalStateException if PyTorch does not see the GPU
   */
  public GramInvariants(Optional<Integer> gpu) {
    this.memory = NDManager.newBaseManager(TorchEngine.device(gpu), "PyTorch");
    this.sharedScope = memory.newSubManager();
    this.isShared = gpu.isEmpty();
  }

  /**
   * The summary of a Gram matrix of at least 4 examples.
   *
   * @throws IllegalArgumentException if the matrix holds a number that is not finite
   */
  public GramSummary summary(PackedGram gram) {
    int n = gram.n();
    makeRoom(n);
    UCentring.Norms norms = UCentring.norms(gram, centred, 0);
    CubicInvariants cubic = norms.centred() > 0 ? of(n, centred) : CubicInvariants.none(n);
    return new GramSummary(n, norms.centred(), norms.plain(), cubic.triangles(), cubic.cubes());
  }

  /**
   * The invariants of a U-centred matrix A.
   *
   * @param vector sqrt(2) A / |A|, the upper triangle row by row without its diagonal; further
   *     entries are ignored
   */
  public CubicInvariants of(int n, float[] vector) {
    makeRoom(n);
    writeUpper(n, vector);
    double cubes = Vectors.cubes(vector, UCentring.length(n));
    return new CubicInvariants(n, 6 * triangles(n) / SQRT_8, 2 * cubes / SQRT_8);
  }

  @Override
  public void close() {
    memory.close();
  }

  /** The sum of v<sub>ij</sub> v<sub>jk</sub> v<sub>ik</sub> over all i &lt; j &lt; k. */
  private double triangles(int n) {
    double triangles = 0;
    try (NDManager scope = memory.newSubManager()) {
      for (Block block : isShared ? shared : blocks(n, scope)) {
        triangles += block.triangles();
      }
    }
    return triangles;
  }

  /** Allocates a matrix of zeros and a vector. They are reused from call to call. */
  private void makeRoom(int n) {
    int length = Math.multiplyExact(Math.multiplyExact(n, n), Float.BYTES);
    if (upper.capacity() != length) {
      centred = new float[UCentring.length(n)];
      upper = ByteBuffer.allocateDirect(length).order(ByteOrder.nativeOrder());
      sharedScope.close();
      sharedScope = memory.newSubManager();
      shared = isShared ? blocks(n, sharedScope) : List.of();
    }
  }

  private List<Block> blocks(int n, NDManager scope) {
    ByteBuffer all = upper.duplicate().order(ByteOrder.nativeOrder());
    NDArray matrix = scope.create(all, new Shape(n, n), DataType.FLOAT32);
    return IntStream.iterate(0, from -> from < n, from -> from + BLOCK)
        .mapToObj(from -> Block.of(matrix, from, Math.min(n, from + BLOCK)))
        .toList();
  }

  private void writeUpper(int n, float[] vector) {
    FloatBuffer floats = upper.asFloatBuffer();
    int from = 0;
    for (int i = 0; i < n - 1; i++) {
      int length = n - 1 - i;
      floats.put(i * n + i + 1, vector, from, length);
      from += length;
    }
  }

  /**
   * The triangles whose j is in a block.
   *
   * @param left the rows up to the block's end, and its columns
   * @param right the block's rows, from its first column on
   * @param closing the entries of the rows of {@code left} and the columns of {@code right}
   */
  private record Block(NDArray left, NDArray right, NDArray closing) {
    static Block of(NDArray matrix, int from, int to) {
      return new Block(
          matrix.get(":%d, %d:%d".formatted(to, from, to)),
          matrix.get("%d:%d, %d:".formatted(from, to, from)),
          matrix.get(":%d, %d:".formatted(to, from)));
    }

    double triangles() {
      try (NDArray paths = left.matMul(right);
          NDArray sum = paths.muli(closing).sum()) {
        return sum.getFloat();
      }
    }
  }
}
