package io.similitude.checkpoint.format;

import io.similitude.checkpoint.tensor.FileBytes;
import io.similitude.checkpoint.tensor.MalformedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The header of a safetensors file.
 *
 * @param entries the tensors, in the order of the header; they fill the data without gap or overlap
 * @param dataStart where the data begins in the file, in bytes
 */
record SafetensorsHeader(List<SafetensorsEntry> entries, long dataStart) {
  /** The position of the JSON, after its length. */
  static final int START = Long.BYTES;

  /** The longest header. 10,000 tensors take 1 MB. */
  private static final long LONGEST = 8 << 20;

  private static final String METADATA = "__metadata__";

  static SafetensorsHeader read(FileBytes file) throws IOException {
    long length = file.read(0, START, "its header's length").getLong();
    if (length < 0 || length > LONGEST) {
      throw new MalformedException(
          "its header has "
              + Long.toUnsignedString(length)
              + " bytes (must be at most "
              + LONGEST
              + ")");
    }
    List<SafetensorsEntry> entries = new ArrayList<>();
    JsonObjects.read(
        file.read(START, length, "its header"),
        "its header",
        (name, value) -> {
          if (name.equals(METADATA)) {
            value.skip();
          } else {
            entries.add(SafetensorsEntry.read(name, value));
            TensorNames.requireCount(entries.size());
          }
        });
    requireFilled(entries, file.size() - START - length);
    return new SafetensorsHeader(entries, START + length);
  }

  private static void requireFilled(List<SafetensorsEntry> entries, long dataLength)
      throws MalformedException {
    if (entries.isEmpty()) {
      throw new MalformedException("it holds no tensors");
    }
    List<SafetensorsEntry> inOrder = new ArrayList<>(entries);
    inOrder.sort(
        Comparator.comparingLong(SafetensorsEntry::begin).thenComparingLong(SafetensorsEntry::end));
    long end = 0;
    for (SafetensorsEntry entry : inOrder) {
      entry.requireBegin(end);
      end = entry.end();
    }
    if (end != dataLength) {
      throw new MalformedException(
          "its tensors take "
              + end
              + " bytes, the file has "
              + dataLength
              + " for them (is it truncated?)");
    }
  }
}
