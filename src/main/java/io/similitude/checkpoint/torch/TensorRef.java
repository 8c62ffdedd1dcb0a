package io.similitude.checkpoint.torch;

import io.similitude.checkpoint.pickle.PickleValue.Sequence;
import io.similitude.checkpoint.tensor.Allowance;
import io.similitude.checkpoint.tensor.DType;
import io.similitude.checkpoint.tensor.MalformedException;
import io.similitude.checkpoint.tensor.StoredTensor;
import io.similitude.checkpoint.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * A tensor as a pickle describes it: a strided window of a storage. Element (i, j, ...) is at
 * offset + i stride[0] + j stride[1] + ...; all numbers are in elements. It is created only if
 * every element is inside the storage.
 */
public final class TensorRef implements StoredTensor {
  /**
   * The largest number of dimensions. Weights have up to 6. A hostile pickle could use one long
   * tuple many times, so the number is limited.
   */
  private static final int MOST_DIMENSIONS = 10;

  private final StorageRef storage;
  private final DType dtype;
  private final long offset;
  private final long[] shape;
  private final long[] strides;
  private final boolean negative;
  private final long elements;

  /**
   * A window.
   *
   * @param dtype of the elements; a storage without a type does not give it
   * @param negative whether the elements have the opposite sign of those in the storage
   */
  TensorRef(
      StorageRef storage,
      DType dtype,
      long offset,
      Sequence shape,
      Sequence strides,
      boolean negative)
      throws MalformedException {
    this.storage = storage;
    this.dtype = dtype;
    this.offset = offset;
    this.shape = dimensions(shape);
    this.strides = dimensions(strides);
    this.negative = negative;
    this.elements = elementsInside();
  }

  private static long[] dimensions(Sequence tuple) throws MalformedException {
    if (tuple.size() > MOST_DIMENSIONS) {
      throw new MalformedException(
          "its pickle has a tensor of " + tuple.size() + " dimensions (must be at most 10)");
    }
    return tuple.longs();
  }

  public StorageRef storage() {
    return storage;
  }

  @Override
  public long[] shape() {
    return shape.clone();
  }

  @Override
  public Optional<DType> dtype() {
    return Optional.of(dtype);
  }

  public boolean isNegative() {
    return negative;
  }

  /** Whether the elements are contiguous, so that they need not be copied. */
  boolean isContiguous() {
    long expected = 1;
    for (int d = shape.length - 1; d >= 0; d--) {
      if (shape[d] != 1 && strides[d] != expected) {
        return elements == 0;
      }
      expected *= shape[d];
    }
    return true;
  }

  /** As {@link #in(ByteBuffer)}; a copy uses a part of the allowance. */
  public Tensor in(ByteBuffer bytes, Allowance allowance) throws MalformedException {
    if (negative || !isContiguous()) {
      allowance.takeElements(elements, dtype);
    }
    return in(bytes);
  }

  /** The tensor: a window of the storage's bytes if possible, otherwise a contiguous copy. */
  public Tensor in(ByteBuffer bytes) {
    if (!negative && isContiguous()) {
      return new Tensor(dtype, shape, window(bytes));
    }
    ByteBuffer copy = copy(bytes);
    if (negative) {
      changeSigns(copy);
    }
    return new Tensor(dtype, shape, copy);
  }

  private ByteBuffer window(ByteBuffer bytes) {
    int size = dtype.size();
    int start = elements == 0 ? 0 : (int) offset * size;
    return bytes.slice(start, (int) elements * size);
  }

  /**
   * Writes the elements of a tensor of this shape to the positions of this tensor, in this tensor's
   * type.
   */
  public void write(Tensor tensor, ByteBuffer bytes) {
    DType target = dtype;
    ByteBuffer source = tensor.bytes();
    if (tensor.dtype() == target && isContiguous()) {
      window(bytes).put(source);
      return;
    }
    long[] index = new long[shape.length];
    long at = offset;
    for (int n = 0; n < elements; n++) {
      int to = (int) at * target.size();
      if (tensor.dtype() == target) {
        bytes.put(to, source, n * target.size(), target.size());
      } else {
        target.encode(tensor.dtype().decode(source, n * tensor.dtype().size()), bytes, to);
      }
      at += step(index);
    }
  }

  /**
   * A text that identifies a window of a storage: two tensors have the same text only if they are
   * the same window of the same storage.
   */
  @Override
  public String memory() {
    return storage.key()
        + (negative ? " -" : " ")
        + dtype
        + offset
        + Arrays.toString(shape)
        + Arrays.toString(strides);
  }

  private ByteBuffer copy(ByteBuffer bytes) {
    int size = dtype.size();
    ByteBuffer copy = Tensor.allocate(dtype, elements);
    long[] index = new long[shape.length];
    long at = offset;
    for (int n = 0; n < elements; n++) {
      copy.put(n * size, bytes, (int) at * size, size);
      at += step(index);
    }
    return copy;
  }

  /**
   * Changes the signs. The sign is the highest bit of every floating-point type, and the last byte
   * holds it.
   */
  private void changeSigns(ByteBuffer copy) {
    for (int at = dtype.size() - 1; at < copy.limit(); at += dtype.size()) {
      copy.put(at, (byte) (copy.get(at) ^ 0x80));
    }
  }

  /**
   * Moves the index to the next element in row-major order and returns the distance in the storage.
   */
  private long step(long[] index) {
    long distance = 0;
    for (int d = shape.length - 1; d >= 0; d--) {
      distance += strides[d];
      if (++index[d] < shape[d]) {
        break;
      }
      distance -= index[d] * strides[d];
      index[d] = 0;
    }
    return distance;
  }

  private long elementsInside() throws MalformedException {
    try {
      long count = Tensor.elementsOf(shape);
      if (shape.length == strides.length && (count == 0 || isInside())) {
        return count;
      }
    } catch (ArithmeticException | IllegalArgumentException e) {
      // reported below, with the numbers
    }
    throw new MalformedException(
        "its pickle has a tensor that does not lie inside its storage: shape "
            + MalformedException.quote(Arrays.toString(shape))
            + ", strides "
            + MalformedException.quote(Arrays.toString(strides))
            + ", offset "
            + offset
            + ", storage of "
            + inStorage());
  }

  private long inStorage() {
    return storage.bytes() / dtype.size();
  }

  private boolean isInside() {
    long last = offset;
    for (int d = 0; d < shape.length; d++) {
      if (strides[d] < 0) {
        return false;
      }
      last = Math.addExact(last, Math.multiplyExact(shape[d] - 1, strides[d]));
    }
    return offset >= 0 && last < inStorage();
  }
}
