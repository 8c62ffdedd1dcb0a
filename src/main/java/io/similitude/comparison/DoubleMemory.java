package io.similitude.comparison;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;

/**
 * Memory outside of the heap through which float64 matrices get to a device, one after the other.
 * On the CPU the matrix is this memory itself. Close it, so that the memory can be used again.
 */
final class DoubleMemory implements AutoCloseable {
  private ByteBuffer whole;
  private int room;

  /** Writes a row of a matrix. */
  @FunctionalInterface
  interface Row {
    void write(int row, DoubleBuffer to);
  }

  /**
   * A matrix on the scope's device. It is valid until the next call.
   *
   * @throws IllegalArgumentException if it takes 2 GiB or more
   */
  NDArray matrix(NDManager scope, int rows, int columns, Row source) {
    long bytes = (long) rows * columns * Double.BYTES;
    if (bytes > VectorMemory.MOST_BYTES) {
      throw new IllegalArgumentException(
          "Invalid matrix: %d x %d (must be under 2 GiB)".formatted(rows, columns));
    }
    makeRoom((int) bytes);
    ByteBuffer memory = VectorMemory.slice(whole, (int) bytes);
    DoubleBuffer doubles = memory.asDoubleBuffer();
    for (int row = 0; row < rows; row++) {
      source.write(row, doubles);
    }
    return scope.create(memory, new Shape(rows, columns), DataType.FLOAT64);
  }

  @Override
  public void close() {
    if (whole != null) {
      VectorMemory.giveBack(whole);
      whole = null;
      room = 0;
    }
  }

  private void makeRoom(int bytes) {
    if (whole == null || room < bytes) {
      close();
      whole = VectorMemory.takeFor(bytes);
      room = bytes;
    }
  }
}
