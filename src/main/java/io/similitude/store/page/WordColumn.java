package io.similitude.store.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.io.api.Binary;

/**
 * A column of texts or integers that repeat. A page holds their numbers in a dictionary. Most of
 * the time a row has the value of the row before, and nothing is looked up.
 */
public final class WordColumn extends FlatColumn {
  private static final int NONE = -1;

  private final Map<Object, Integer> numbers = new HashMap<>();
  private final List<Object> words = new ArrayList<>();
  private final int[] page;
  private Object last;
  private int lastNumber = NONE;

  public WordColumn(ColumnDescriptor descriptor, int rows, ByteBufferAllocator memory) {
    super(descriptor, memory);
    this.page = new int[rows];
  }

  /**
   * Sets the value of a row.
   *
   * @param word a String, an Integer or a Long, as the column has; null where there is none
   */
  public void set(int row, Object word) {
    if (!Objects.equals(word, last)) {
      last = word;
      lastNumber = word == null ? NONE : numbers.computeIfAbsent(word, this::added);
    }
    page[row] = lastNumber;
  }

  private int added(Object word) {
    words.add(word);
    return words.size() - 1;
  }

  @Override
  boolean isPresent(int row) {
    return page[row] != NONE;
  }

  @Override
  Encoding encoding() {
    return Encoding.RLE_DICTIONARY;
  }

  /** The numbers, in runs of equal ones or packed, after a byte with their width in bits. */
  @Override
  BytesInput values(int rows) throws IOException {
    int width = BytesUtils.getWidthFromMaxInt(Math.max(0, words.size() - 1));
    try (RunLengthBitPackingHybridEncoder encoder = encoder(width)) {
      for (int row = 0; row < rows; row++) {
        if (page[row] != NONE) {
          encoder.writeInt(page[row]);
        }
      }
      return BytesInput.concat(BytesInput.from(new byte[] {(byte) width}), copy(encoder));
    }
  }

  @Override
  void addTo(Statistics<?> statistics, int rows) {
    BitSet used = new BitSet();
    int before = NONE;
    for (int row = 0; row < rows; row++) {
      if (page[row] != before && page[row] != NONE) {
        used.set(page[row]);
      }
      before = page[row];
    }
    used.stream().mapToObj(words::get).forEach(word -> add(word, statistics));
  }

  private static void add(Object word, Statistics<?> statistics) {
    if (word instanceof String text) {
      statistics.updateStats(Binary.fromConstantByteArray(text.getBytes(UTF_8)));
    } else if (word instanceof Integer number) {
      statistics.updateStats(number.intValue());
    } else {
      statistics.updateStats(((Long) word).longValue());
    }
  }

  /** Ends the row group. The next one has another dictionary. */
  @Override
  public void end(PageWriter out) throws IOException {
    if (!words.isEmpty()) {
      BytesInput all = BytesInput.from(dictionary());
      out.writeDictionaryPage(new DictionaryPage(all, words.size(), Encoding.PLAIN));
    }
    numbers.clear();
    words.clear();
    last = null;
    lastNumber = NONE;
  }

  private byte[] dictionary() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Object word : words) {
      if (word instanceof String text) {
        byte[] bytes = text.getBytes(UTF_8);
        all.writeBytes(littleEndian(Integer.BYTES).putInt(0, bytes.length).array());
        all.writeBytes(bytes);
      } else if (word instanceof Integer number) {
        all.writeBytes(littleEndian(Integer.BYTES).putInt(0, number).array());
      } else {
        all.writeBytes(littleEndian(Long.BYTES).putLong(0, (Long) word).array());
      }
    }
    return all.toByteArray();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
