package io.similitude.network;

import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import io.similitude.dataset.npy.NpyArray;
import io.similitude.files.FileAccess;
import io.similitude.program.Layer;
import io.similitude.program.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * One case of src/test/resources/architectures, which says what the files hold and how weights and
 * images are drawn.
 */
final class TestArchitecture {
  static final int CLASSES = 10;
  private static final int EXAMPLES = 2;
  private static final Path FOLDER = Path.of("src/test/resources/architectures");
  private static final Set<String> CONSTANTS =
      Set.of("mu", "sigma", "mean", "std", "normalize.mean", "normalize.std");

  private final int kept;
  private final String weightsDigest;
  private final List<Layer> rows;
  private final List<float[]> values;

  private TestArchitecture(int kept, String weightsDigest, List<Layer> rows, List<float[]> values) {
    this.kept = kept;
    this.weightsDigest = weightsDigest;
    this.rows = rows;
    this.values = values;
  }

  static TestArchitecture read(String name) throws IOException {
    List<String> lines = Files.readAllLines(FOLDER.resolve(name + ".tsv"));
    String[] head = lines.get(0).split("\t", -1);
    int kept = Integer.parseInt(head[0]);
    float[] flat =
        NpyArray.read(FOLDER.resolve(name + ".npy").toString(), FileAccess.local()).floats();
    List<Layer> rows = new ArrayList<>();
    List<float[]> values = new ArrayList<>();
    int at = 0;
    for (String line : lines.subList(1, lines.size())) {
      rows.add(layer(rows.size(), line.split("\t", -1)));
      boolean logits = rows.size() == lines.size() - 2;
      long features = rows.get(rows.size() - 1).features();
      int count = (int) (logits ? features : Math.min(features, kept)) * EXAMPLES;
      values.add(Arrays.copyOfRange(flat, at, at + count));
      at += count;
    }
    if (at != flat.length) {
      throw new IOException(name + " has " + flat.length + " values, not " + at);
    }
    return new TestArchitecture(kept, head[1], rows, values);
  }

  static Examples examples(ImageShape image) {
    float[] pixels = new float[EXAMPLES * image.size()];
    Random random = random("images");
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat();
    }
    long[] ids = LongStream.range(0, EXAMPLES).toArray();
    return new Examples(ids, image, pixels, Optional.empty());
  }

  /** What the network has of weights, drawn; neither counters nor constants. */
  static StateDict weights(Program program) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    program.weights().stream()
        .filter(TestArchitecture::isDrawn)
        .forEach(tensor -> weights.put(tensor.name(), drawn(tensor.name(), tensor.shape())));
    return new StateDict(weights);
  }

  static boolean isDrawn(ExpectedTensor tensor) {
    return !tensor.name().endsWith("num_batches_tracked") && !CONSTANTS.contains(tensor.name());
  }

  List<Layer> layers() {
    return rows.subList(0, rows.size() - 2);
  }

  String weightsDigest() {
    return weightsDigest;
  }

  float[] values(int layer) {
    return values.get(layer);
  }

  float[] logits() {
    return values.get(values.size() - 2);
  }

  float[] gradient() {
    return values.get(values.size() - 1);
  }

  /** The values that are kept of a layer's. */
  float[] sampled(float[] value) {
    int features = value.length / EXAMPLES;
    if (features <= kept) {
      return value;
    }
    float[] sampled = new float[EXAMPLES * kept];
    for (int i = 0; i < sampled.length; i++) {
      int place = (int) ((long) (i % kept) * (features - 1) / (kept - 1));
      sampled[i] = value[i / kept * features + place];
    }
    return sampled;
  }

  private static Layer layer(int index, String[] parts) {
    List<Integer> shape = Stream.of(parts[2].split("x", -1)).map(Integer::valueOf).toList();
    return new Layer(index, parts[0], parts[1], shape);
  }

  private static Tensor drawn(String name, long[] shape) {
    long inputs = Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact);
    double centre = 0;
    double spread = 0.3;
    if (name.endsWith("running_var")) {
      centre = 1.25;
      spread = 0.75;
    } else if (shape.length > 1) {
      spread = Math.sqrt(6.0 / inputs);
    } else if (name.endsWith("weight")) {
      centre = 0.7;
    }
    float[] values = new float[Math.toIntExact(shape[0] * inputs)];
    Random random = random(name);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (centre + spread * (2 * (double) random.nextFloat() - 1));
    }
    return Tensor.of(values, shape);
  }

  private static Random random(String name) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    return new Random(crc.getValue());
  }
}
