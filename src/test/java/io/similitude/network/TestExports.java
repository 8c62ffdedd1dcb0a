package io.similitude.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.similitude.checkpoint.match.WeightMatch;
import io.similitude.checkpoint.script.ArchiveWriter;
import io.similitude.checkpoint.script.ScriptArchive;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import io.similitude.dataset.npy.NpyArray;
import io.similitude.files.FileAccess;
import io.similitude.program.Program;
import io.similitude.program.Taps;
import io.similitude.program.script.ExportedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Exported networks under src/test/resources, loaded and run. */
public final class TestExports {
  static final Path REFERENCE = Path.of("src/test/resources/networks");
  static final Path SPECIAL = Path.of("src/test/resources/exports");

  private TestExports() {}

  static ExportedNetwork network(Path file) {
    return ExportedNetwork.of(file.getFileName().toString(), ScriptArchive.read(file));
  }

  public static Program program(Path file, Examples examples) {
    return ExportedPrograms.program(file.getFileName().toString(), network(file), examples);
  }

  /** What the program gives for a batch: logits, then the taps. */
  static List<float[]> run(
      Program program, StateDict weights, Taps taps, Examples examples, Path folder)
      throws IOException {
    Path archive = folder.resolve("tapped.pt");
    write(program, weights, taps, archive);
    return run(archive, examples);
  }

  static void write(Program program, StateDict weights, Taps taps, Path archive)
      throws IOException {
    ArchiveWriter.write(
        archive,
        program.module(taps, WeightMatch.require("it", "a file", weights, program.weights())));
  }

  static List<float[]> run(Path archive, Examples examples) throws IOException {
    TorchEngine.configure(1);
    try (Network network = Network.load(archive, Optional.empty());
        NDManager scope = network.newScope()) {
      return network.forward(scope, examples).stream().map(NDArray::toFloatArray).toList();
    }
  }

  static Examples examples(Path npy, ImageShape image) {
    float[] pixels = floats(npy);
    int count = pixels.length / image.size();
    return new Examples(LongStream.range(0, count).toArray(), image, pixels, Optional.empty());
  }

  static float[] floats(Path npy) {
    return NpyArray.read(npy.toString(), FileAccess.local()).floats();
  }

  static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file);
  }
}
