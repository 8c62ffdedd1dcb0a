package io.similitude.store.page;

import java.io.IOException;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;

/**
 * A column of a Parquet file. It collects a page of rows and writes it as a data page of version 1:
 * where there are values, then the values.
 */
public abstract class PageColumn {
  private static final int FIRST_BYTES = 64;
  private static final int MOST_BYTES = 1 << 20;

  private final ColumnDescriptor descriptor;
  private final ByteBufferAllocator memory;

  PageColumn(ColumnDescriptor descriptor, ByteBufferAllocator memory) {
    this.descriptor = descriptor;
    this.memory = memory;
  }

  public ColumnDescriptor descriptor() {
    return descriptor;
  }

  /** Writes the first rows of the page. */
  public abstract void write(int rows, PageWriter out) throws IOException;

  /** Ends the row group after its last page. */
  public abstract void end(PageWriter out) throws IOException;

  /** The bytes of an encoder, after their number. */
  final BytesInput withLength(RunLengthBitPackingHybridEncoder encoder) throws IOException {
    BytesInput all = copy(encoder);
    return BytesInput.concat(BytesInput.fromInt((int) all.size()), all);
  }

  /** The bytes of an encoder, on the heap, where they stay when it is closed. */
  final BytesInput copy(RunLengthBitPackingHybridEncoder encoder) throws IOException {
    return encoder.toBytes().copy(memory, buffer -> {});
  }

  final RunLengthBitPackingHybridEncoder encoder(int width) {
    return new RunLengthBitPackingHybridEncoder(width, FIRST_BYTES, MOST_BYTES, memory);
  }
}
