package io.similitude.comparison;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory outside of the heap that one part of a comparison leaves for the next. New memory is
 * filled with zeros, which takes as long as reading the Gram matrices. The garbage collector may
 * free what nobody uses.
 */
final class VectorMemory {
  /**
   * The size of a vector register in bytes. Products of aligned rows are the same at every address.
   */
  private static final int ALIGNMENT = 64;

  /** The largest size of a slice. */
  static final int MOST_BYTES = Integer.MAX_VALUE - 2 * ALIGNMENT;

  private static final List<WeakReference<ByteBuffer>> FREE = new ArrayList<>();

  private VectorMemory() {}

  /** The smallest free memory of at least this size. If there is none, new memory. */
  static ByteBuffer take(int bytes) {
    ByteBuffer free = takeFree(bytes);
    return free == null ? ByteBuffer.allocateDirect(bytes) : free;
  }

  /** Memory that has a {@link #slice} of this size. */
  static ByteBuffer takeFor(int bytes) {
    // A slice is aligned at both of its ends.
    return take(bytes + 2 * ALIGNMENT);
  }

  /** This number of bytes of the memory, from an aligned address on. */
  static ByteBuffer slice(ByteBuffer memory, int bytes) {
    return memory.alignedSlice(ALIGNMENT).limit(bytes).slice().order(ByteOrder.nativeOrder());
  }

  private static synchronized ByteBuffer takeFree(int bytes) {
    ByteBuffer best = null;
    for (WeakReference<ByteBuffer> free : FREE) {
      ByteBuffer memory = free.get();
      boolean fits = memory != null && memory.capacity() >= bytes;
      if (fits && (best == null || memory.capacity() < best.capacity())) {
        best = memory;
      }
    }
    ByteBuffer taken = best;
    FREE.removeIf(free -> free.refersTo(taken) || free.refersTo(null));
    return best;
  }

  /** Leaves memory for the next call of {@link #take}. */
  static synchronized void giveBack(ByteBuffer memory) {
    FREE.add(new WeakReference<>(memory.clear()));
  }
}
