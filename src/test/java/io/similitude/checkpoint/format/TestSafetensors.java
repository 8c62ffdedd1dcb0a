package io.similitude.checkpoint.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A safetensors file for tests to make and to break. */
final class TestSafetensors {
  private final List<String> members = new ArrayList<>();

  TestSafetensors with(String name, String dtype, long[] shape, long begin, long end) {
    return with(
        "\"%s\": {\"dtype\": \"%s\", \"shape\": %s, \"data_offsets\": [%d, %d]}"
            .formatted(name, dtype, Arrays.toString(shape), begin, end));
  }

  /** A member of the header as it stands. */
  TestSafetensors with(String member) {
    members.add(member);
    return this;
  }

  /** The file, with so many bytes of data: 0, 1, 2, ... */
  byte[] bytes(int dataLength) {
    byte[] data = new byte[dataLength];
    for (int i = 0; i < dataLength; i++) {
      data[i] = (byte) i;
    }
    String header = "{" + String.join(", ", members) + "}";
    return of(header.getBytes(StandardCharsets.UTF_8), data);
  }

  static byte[] of(byte[] header, byte[] data) {
    return ByteBuffer.allocate(Long.BYTES + header.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .put(data)
        .array();
  }
}
