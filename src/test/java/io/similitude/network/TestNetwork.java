package io.similitude.network;

import io.similitude.checkpoint.format.CheckpointReader;
import io.similitude.checkpoint.match.WeightMatch;
import io.similitude.checkpoint.script.ArchiveWriter;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import io.similitude.dataset.npy.NpyArray;
import io.similitude.files.FileAccess;
import io.similitude.program.Program;
import io.similitude.program.Taps;
import io.similitude.program.architecture.Architectures;
import io.similitude.spec.NetworkSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * WideResNet-10-1 with the weights of the reference data, and what PyTorch 1.13 made of its six
 * examples (src/test/resources/networks/copy_reference.py).
 */
public final class TestNetwork {
  public static final ImageShape IMAGE = new ImageShape(3, 32, 32);
  public static final NetworkSpec.BuiltIn SPEC =
      new NetworkSpec.BuiltIn(
          "wrn-10-1", "wide-resnet", Map.of("depth", 10, "width", 1, "classes", 10));
  public static final Path CHECKPOINT =
      Path.of("src/test/resources/checkpoint/wide_resnet_10_1_checkpoint.pth.tar");

  private static final Path FOLDER = Path.of("src/test/resources/networks/wide_resnet_10_1");

  private TestNetwork() {}

  public static Program program() {
    return Architectures.program(SPEC, IMAGE);
  }

  public static Network load(Taps taps, Path folder) throws IOException {
    TorchEngine.configure(1);
    Program program = program();
    StateDict weights =
        WeightMatch.require(
            "reference",
            "checkpoint",
            CheckpointReader.read(CHECKPOINT, "checkpoint"),
            program.weights());
    Path archive = folder.resolve("network.pt");
    ArchiveWriter.write(archive, program.module(taps, weights));
    return Network.load(archive, Optional.empty());
  }

  /** The six examples. */
  public static Examples examples() {
    return ReferenceNetwork.WIDE_RESNET.examples();
  }

  /** The six examples over and over, each a little darker than the one before. */
  public static Examples examples(int count) {
    Examples six = examples();
    float[] pixels = new float[count * IMAGE.size()];
    for (int i = 0; i < pixels.length; i++) {
      int example = i / IMAGE.size();
      pixels[i] = six.pixels()[i % six.pixels().length] / (1 + 0.1f * example);
    }
    int[] labelled = six.labels().orElseThrow();
    int[] labels = IntStream.range(0, count).map(i -> labelled[i % labelled.length]).toArray();
    return new Examples(LongStream.range(0, count).toArray(), IMAGE, pixels, Optional.of(labels));
  }

  /** The names of the layers of the default types, in call order. */
  public static List<String> layers() {
    return lines().stream().map(line -> line.split(" ", 2)[1]).toList();
  }

  /** PyTorch's activations of the layer at a position of {@link #layers}. */
  public static float[] activations(int position) {
    return read("activations/" + lines().get(position).split(" ", 2)[0]).floats();
  }

  public static float[] logits() {
    return read("logits.npy").floats();
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(FOLDER.resolve("layers.txt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static NpyArray read(String name) {
    return NpyArray.read(FOLDER.resolve(name).toString(), FileAccess.local());
  }
}
