package io.similitude.report;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A list of texts with many repeated texts. Each different text is stored once, and each place
 * stores the number of its text.
 *
 * @param table the texts
 * @param isWide whether a number has two bytes, little-endian, or one
 * @param base64 the numbers, from 1; 0 if there is no text
 */
record PackedTexts(List<String> table, boolean isWide, String base64) {
  private static final int MOST_IN_A_BYTE = 255;

  PackedTexts {
    table = List.copyOf(table);
  }

  /**
   * @param texts the texts; an empty one means no text; at most 65,535 different ones
   */
  static PackedTexts of(List<String> texts) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (String text : texts) {
      if (!text.isEmpty()) {
        numbers.putIfAbsent(text, numbers.size() + 1);
      }
    }
    boolean isWide = numbers.size() > MOST_IN_A_BYTE;
    ByteBuffer bytes =
        ByteBuffer.allocate(texts.size() * (isWide ? Short.BYTES : 1))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (String text : texts) {
      int number = numbers.getOrDefault(text, 0);
      if (isWide) {
        bytes.putShort((short) number);
      } else {
        bytes.put((byte) number);
      }
    }
    return new PackedTexts(
        new ArrayList<>(numbers.keySet()),
        isWide,
        Base64.getEncoder().encodeToString(bytes.array()));
  }

  boolean isEmpty() {
    return table.isEmpty();
  }
}
