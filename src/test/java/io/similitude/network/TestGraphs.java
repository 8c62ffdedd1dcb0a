package io.similitude.network;

import io.similitude.checkpoint.exported.ExportArchive;
import io.similitude.checkpoint.match.WeightMatch;
import io.similitude.checkpoint.script.ArchiveWriter;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import io.similitude.program.InputNormalization;
import io.similitude.program.Program;
import io.similitude.program.Taps;
import io.similitude.program.exported.GraphNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Networks of torch.export under src/test/resources. */
public final class TestGraphs {
  public static final Path FOLDER = Path.of("src/test/resources/torch-export");
  public static final Path PAIRS = FOLDER.resolve("pairs");
  static final Path SPECIAL = FOLDER.resolve("special");

  private TestGraphs() {}

  static ExportArchive archive(Path file) {
    return ExportArchive.read(file, file.getFileName().toString());
  }

  /** The program as the file has it. */
  static Program written(Path file, ImageShape shape) {
    return network(file, "").program(shape);
  }

  /** The program as a sweep uses it: with the batch freed where that can be. */
  public static Program used(Path file, Examples examples) {
    return GraphPrograms.program(
        file.getFileName().toString(), network(file, ""), archive(file), examples);
  }

  static GraphNetwork network(Path file, String output) {
    return new GraphNetwork(
        file.getFileName().toString(), archive(file), InputNormalization.NONE, output);
  }

  /** A network of a program and the weights of a file. */
  public static Network load(Program program, StateDict weights, Taps taps, Path folder)
      throws IOException {
    TorchEngine.configure(1);
    Path archive = folder.resolve("loaded.pt");
    ArchiveWriter.write(
        archive,
        program.module(taps, WeightMatch.require("it", "a file", weights, program.weights())));
    return Network.load(archive, Optional.empty(), program.fixedBatch());
  }

  /** The network of a TorchScript file or of an archive, without taps. */
  public static Network load(Path file, Examples examples, Path folder) throws IOException {
    if (file.toString().endsWith(".pt2")) {
      return load(used(file, examples), archive(file).weights(), Taps.NONE, folder);
    }
    Program program = TestExports.program(file, examples);
    return load(program, TestExports.network(file).weights(), Taps.NONE, folder);
  }

  /** What a pair was exported with. */
  public static Examples examples(String pair) {
    int side = pair.equals("vit") ? 16 : 32;
    Examples shown =
        TestExports.examples(
            PAIRS.resolve(pair).resolve("input.npy"), new ImageShape(3, side, side));
    return new Examples(
        shown.ids(), shown.shape(), shown.pixels(), Optional.of(new int[] {0, 1, 2, 3}));
  }
}
