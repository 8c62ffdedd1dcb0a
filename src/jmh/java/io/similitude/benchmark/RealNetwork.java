package io.similitude.benchmark;

import io.similitude.checkpoint.script.Archive;
import io.similitude.checkpoint.script.ArchiveWriter;
import io.similitude.checkpoint.format.CheckpointReader;
import io.similitude.checkpoint.script.ScriptArchive;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.match.WeightMatch;
import io.similitude.dataset.Datasets;
import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import io.similitude.files.FileAccess;
import io.similitude.network.ExportedPrograms;
import io.similitude.network.Network;
import io.similitude.network.TorchEngine;
import io.similitude.program.architecture.Architectures;
import io.similitude.program.script.ExportedNetwork;
import io.similitude.program.Program;
import io.similitude.program.Taps;
import io.similitude.spec.DatasetFormat;
import io.similitude.spec.DatasetSource;
import io.similitude.spec.DatasetSpec;
import io.similitude.spec.ExampleOrder;
import io.similitude.spec.NetworkSpec;
import io.similitude.spec.TransformSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;

/** The quickstart's WideResNet-16-1 and its images, from jobs/quickstart. */
final class RealNetwork {
  private static final String FOLDER = "jobs/quickstart/";

  static final Program PROGRAM =
      Architectures.program(
          new NetworkSpec.BuiltIn(
              "wrn-16-1", "wide-resnet", Map.of("depth", 16, "width", 1, "classes", 10)),
          new ImageShape(3, 32, 32));

  private RealNetwork() {}

  static Network load(Taps taps) throws IOException {
    // One thread a task, as Spark runs them.
    TorchEngine.configure(1);
    String file = FOLDER + "standard.pth.tar";
    StateDict weights =
        WeightMatch.require(
            "standard", file, CheckpointReader.read(Path.of(file), file), PROGRAM.weights());
    return load(PROGRAM.module(taps, weights));
  }

  /** A traced or scripted network. */
  static Program exported(Path file) {
    return ExportedPrograms.program(file.toString(), read(file), examples(2));
  }

  /** The same, loaded without taps. */
  static Network export(Path file) throws IOException {
    TorchEngine.configure(1);
    return load(exported(file).module(Taps.NONE, read(file).weights()));
  }

  private static ExportedNetwork read(Path file) {
    return ExportedNetwork.of(file.toString(), ScriptArchive.read(file));
  }

  private static Network load(Archive archive) throws IOException {
    Path folder = Files.createTempDirectory("similitude-benchmark-");
    Path file = folder.resolve("network.pt");
    ArchiveWriter.write(file, archive);
    Network network = Network.load(file, Optional.empty());
    Files.delete(file);
    Files.delete(folder);
    return network;
  }

  static Examples examples(int count) {
    DatasetSpec spec =
        new DatasetSpec(
            DatasetFormat.IDX,
            new DatasetSource.Arrays(
                FOLDER + "t10k-first-2000-images-idx3-ubyte.gz",
                Optional.of(FOLDER + "t10k-first-2000-labels-idx1-ubyte.gz")),
            OptionalInt.empty(),
            ExampleOrder.FILE,
            List.of(new TransformSpec.Pad(2), new TransformSpec.Channels(3)));
    return Datasets.open(spec, FileAccess.local())
        .read(LongStream.range(0, count).toArray());
  }
}
