package io.similitude.comparison;

import static java.util.Comparator.comparingInt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Memory outside of the heap that one part of a comparison leaves for the next. New memory is
 * filled with zeros, which takes as long as reading the Gram matrices. What nobody uses for {@value
 * #KEPT_SECONDS} seconds is left to the garbage collector.
 */
final class VectorMemory {
  /**
   * The size of a vector register in bytes. Products of aligned rows are the same at every address.
   */
  private static final int ALIGNMENT = 64;

  /** The largest size of a slice. */
  static final int MOST_BYTES = Integer.MAX_VALUE - 2 * ALIGNMENT;

  private static final int KEPT_SECONDS = 5;

  private static final List<Free> FREE = new ArrayList<>();

  /**
   * Memory that nobody uses.
   *
   * @param since the time in nanoseconds
   */
  private record Free(ByteBuffer memory, long since) {}

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

  /**
   * The smallest free memory of at least this size. If there is none, the largest is given up for
   * the new memory. So there are never more of them than were in use at the same time.
   */
  private static synchronized ByteBuffer takeFree(int bytes) {
    FREE.sort(comparingInt(free -> free.memory.capacity()));
    for (int k = 0; k < FREE.size(); k++) {
      if (FREE.get(k).memory.capacity() >= bytes) {
        return FREE.remove(k).memory;
      }
    }
    if (!FREE.isEmpty()) {
      FREE.remove(FREE.size() - 1);
    }
    return null;
  }

  /** Leaves memory for the next call of {@link #take}. */
  static synchronized void giveBack(ByteBuffer memory) {
    FREE.add(new Free(memory.clear(), System.nanoTime()));
    CompletableFuture.delayedExecutor(KEPT_SECONDS, TimeUnit.SECONDS)
        .execute(VectorMemory::forgetOld);
  }

  private static synchronized void forgetOld() {
    long now = System.nanoTime();
    FREE.removeIf(free -> now - free.since >= TimeUnit.SECONDS.toNanos(KEPT_SECONDS));
  }
}
