package io.similitude.store.page;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
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

  private final Deque<ByteBuffer> free = new ArrayDeque<>();

  private PageMemory() {}

  public static PageMemory ofThread() {
    return OF_THREAD.get();
  }

  @Override
  public ByteBuffer allocate(int size) {
    for (Iterator<ByteBuffer> kept = free.iterator(); kept.hasNext(); ) {
      ByteBuffer buffer = kept.next();
      if (buffer.capacity() >= size) {
        kept.remove();
        return buffer.clear().limit(size);
      }
    }
    return ByteBuffer.allocateDirect(size);
  }

  /** Keeps the buffer for the thread. If there are too many, the oldest is dropped. */
  @Override
  public void release(ByteBuffer buffer) {
    free.addFirst(buffer);
    if (free.size() > MOST_KEPT) {
      free.removeLast();
    }
  }

  @Override
  public boolean isDirect() {
    return true;
  }
}
