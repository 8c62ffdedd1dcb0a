package io.similitude.checkpoint;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A tensor as a pickle describes it: a strided window into a storage. Element (i, j, ...) is at
 * offset + i stride[0] + j stride[1] + ...; all numbers count elements. Made only when every
 * element lies inside the storage.
 */
final class TensorRef {
  /**
   * Weights have up to 6; what a hostile pickle can make of one tuple again and again is counted
   * on.
   */
  private static final int MOST_DIMENSIONS = 10;

  private final StorageRef storage;
  private final long offset;
  private final long[] shape;
  private final long[] strides;
  private final long elements;

  private TensorRef(StorageRef storage, long offset, long[] shape, long[] strides)
      throws MalformedException {
    this.storage = storage;
    this.offset = offset;
    this.shape = shape;
    this.strides = strides;
    this.elements = elementsInside();
  }

  /**
   * The arguments of torch._utils._rebuild_tensor_v2, and of _rebuild_tensor before 0.4: (storage,
   * offset, size, stride, ...).
   */
  static TensorRef ofArguments(PickleTuple arguments) throws MalformedException {
    return new TensorRef(
        arguments.get(0, StorageRef.class),
        arguments.get(1, Long.class),
        dimensions(arguments.get(2, PickleTuple.class)),
        dimensions(arguments.get(3, PickleTuple.class)));
  }

  private static long[] dimensions(PickleTuple tuple) throws MalformedException {
    if (tuple.size() > MOST_DIMENSIONS) {
      throw new MalformedException(
          "its pickle has a tensor of " + tuple.size() + " dimensions (must be at most 10)");
    }
    return tuple.toLongs();
  }

  StorageRef storage() {
    return storage;
  }

  /** Whether the elements lie one after the other, so that they need not be copied. */
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

  /** As {@link #in(ByteBuffer)}; a copy is taken from what may still be allocated. */
  Tensor in(ByteBuffer bytes, Allowance allowance) throws MalformedException {
    if (!isContiguous()) {
      allowance.takeElements(elements, storage.dtype());
    }
    return in(bytes);
  }

  /** The tensor: a window of the storage's bytes where it can be one, else a contiguous copy. */
  Tensor in(ByteBuffer bytes) {
    return new Tensor(storage.dtype(), shape, isContiguous() ? window(bytes) : copy(bytes));
  }

  private ByteBuffer window(ByteBuffer bytes) {
    int size = storage.dtype().size();
    int start = elements == 0 ? 0 : (int) offset * size;
    return bytes.slice(start, (int) elements * size);
  }

  /** Writes the elements of a tensor of this shape where this one's lie, as this one's type. */
  void write(Tensor tensor, ByteBuffer bytes) {
    DType target = storage.dtype();
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

  /** A text that is the same for the same window into the same storage, and only for it. */
  String memory() {
    return storage.key() + " " + offset + Arrays.toString(shape) + Arrays.toString(strides);
  }

  private ByteBuffer copy(ByteBuffer bytes) {
    int size = storage.dtype().size();
    ByteBuffer copy = Tensor.allocate(storage.dtype(), elements);
    long[] index = new long[shape.length];
    long at = offset;
    for (int n = 0; n < elements; n++) {
      copy.put(n * size, bytes, (int) at * size, size);
      at += step(index);
    }
    return copy;
  }

  /** Moves the index to the next element in row-major order; how far that is in the storage. */
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
      // told below, with the numbers
    }
    throw new MalformedException(
        "its pickle has a tensor that does not lie inside its storage: shape "
            + MalformedException.quote(Arrays.toString(shape))
            + ", strides "
            + MalformedException.quote(Arrays.toString(strides))
            + ", offset "
            + offset
            + ", storage of "
            + storage.elements());
  }

  private boolean isInside() {
    long last = offset;
    for (int d = 0; d < shape.length; d++) {
      if (strides[d] < 0) {
        return false;
      }
      last = Math.addExact(last, Math.multiplyExact(shape[d] - 1, strides[d]));
    }
    return offset >= 0 && last < storage.elements();
  }
}
