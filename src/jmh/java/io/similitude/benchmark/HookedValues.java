package io.similitude.benchmark;

import ai.djl.ndarray.NDList;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What PyTorch's forward hooks saw in a network, as torchvision_exports.py leaves it. */
final class HookedValues {
  private final List<Call> calls;
  private final FloatBuffer values;

  private HookedValues(List<Call> calls, FloatBuffer values) {
    this.calls = calls;
    this.values = values;
  }

  /** Of an exported network, {@code <network>_traced.pt}, {@code _scripted.pt} or {@code _exported.pt2}. */
  static HookedValues of(Path export) throws IOException {
    String network = export.getFileName().toString().replaceFirst("_(traced|scripted|exported)\\.pt2?$", "");
    List<Call> calls =
        Files.readAllLines(export.resolveSibling(network + ".tsv")).stream().map(Call::of).toList();
    return new HookedValues(calls, floats(export.resolveSibling(network + ".f32")));
  }

  /**
   * How far taps are from the hooks, and which calls only one of them has seen.
   *
   * @param taps the names of the tapped layers
   * @param outputs the logits, then the layers' values
   */
  String compare(List<String> taps, NDList outputs) {
    List<String> hooksAlone = new ArrayList<>();
    List<String> seenByBoth = new ArrayList<>();
    double furthest = 0;
    values.rewind();
    for (Call call : calls) {
      float[] expected = new float[call.size];
      values.get(expected);
      int output = call.layer.isEmpty() ? 0 : taps.indexOf(call.layer) + 1;
      if (output == 0 && !call.layer.isEmpty()) {
        hooksAlone.add(call.layer);
      } else {
        furthest = Math.max(furthest, distance(outputs.get(output).toFloatArray(), expected));
      }
      if (output > 0) {
        seenByBoth.add(call.layer);
      }
    }
    List<String> tapsAlone = new ArrayList<>(taps);
    tapsAlone.removeAll(seenByBoth);
    return "%d taps %s, at most %.1e off, hooks alone %s, taps alone %s"
        .formatted(
            taps.size(),
            taps.stream().filter(seenByBoth::contains).toList().equals(seenByBoth)
                ? "in the hooks' order"
                : "IN ANOTHER ORDER",
            furthest,
            hooksAlone,
            tapsAlone);
  }

  /** The largest difference, of the largest value or of one. */
  private static double distance(float[] value, float[] expected) {
    if (value.length != expected.length) {
      return Double.POSITIVE_INFINITY;
    }
    double largest = 1;
    double difference = 0;
    for (int i = 0; i < value.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      double d = Math.abs((double) value[i] - expected[i]);
      difference = d <= difference ? difference : d;
    }
    return difference / largest;
  }

  private static FloatBuffer floats(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return channel
          .map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer();
    }
  }

  /** The call of a layer, or of the whole network, which has no name; and its values' number. */
  private record Call(String layer, int size) {
    static Call of(String line) {
      int tab = line.indexOf('\t');
      return new Call(line.substring(0, tab), Integer.parseInt(line.substring(tab + 1)));
    }
  }
}
