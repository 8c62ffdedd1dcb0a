package io.similitude.store.page;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.bytes.ByteBufferAllocator;

/**
 * Memory outside of the heap for the pages of one file after the other. A thread gets the buffers
 * back that it released, so nothing is allocated and filled with zeros for each file.
 *
 * <p>A buffer is at most 8 MiB, which is Parquet's limit, and each thread keeps the buffers of one
 * row group.
 */
public final class PageMemory implements ByteBufferAllocator {
  private static final ThreadLocal<PageMemory> OF_THREAD = ThreadLocal.withInitial(PageMemory::new);

  /** A row group has 16 MiB, and a row that exceeds it. */
  private static final int MOST_KEPT = 4;

  private final List<ByteBuffer> free = new ArrayList<>();

  private PageMemory() {}

  public static PageMemory ofThread() {
    return OF_THREAD.get();
  }

  /** The smallest kept buffer of at least this size. If there is none, a new one. */
  @Override
  public ByteBuffer allocate(int size) {
    int best = -1;
    for (int k = 0; k < free.size(); k++) {
      int capacity = free.get(k).capacity();
      if (capacity >= size && (best < 0 || capacity < free.get(best).capacity())) {
        best = k;
      }
    }
    if (best < 0) {
      return ByteBuffer.allocateDirect(size);
    }
    return free.remove(best).clear().limit(size);
  }

  /** Keeps the buffer for the thread. If there are too many, the oldest is dropped. */
  @Override
  public void release(ByteBuffer buffer) {
    free.add(buffer);
    if (free.size() > MOST_KEPT) {
      free.remove(0);
    }
  }

  @Override
  public boolean isDirect() {
    return true;
  }
}
