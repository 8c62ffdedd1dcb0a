package io.similitude.benchmark;

import io.similitude.checkpoint.exported.ExportArchive;
import io.similitude.checkpoint.match.WeightMatch;
import io.similitude.checkpoint.script.ArchiveWriter;
import io.similitude.checkpoint.script.ScriptArchive;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.dataset.Examples;
import io.similitude.network.ExportedPrograms;
import io.similitude.network.GraphPrograms;
import io.similitude.network.Network;
import io.similitude.program.InputNormalization;
import io.similitude.program.Program;
import io.similitude.program.Taps;
import io.similitude.program.exported.GraphNetwork;
import io.similitude.program.script.ExportedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A network in a file of TorchScript ({@code .pt}) or of torch.export ({@code .pt2}). */
record ExportedFile(Path file, Program program, StateDict weights) {
  static ExportedFile of(Path file, Examples examples) {
    String name = file.toString();
    if (name.endsWith(".pt2")) {
      ExportArchive archive = ExportArchive.read(file, name);
      GraphNetwork graph = new GraphNetwork(name, archive, InputNormalization.NONE, "");
      Program program = GraphPrograms.program(name, graph, archive, examples);
      return new ExportedFile(file, program, archive.weights());
    }
    ExportedNetwork script = ExportedNetwork.of(name, ScriptArchive.read(file));
    Program program = ExportedPrograms.program(name, script, examples);
    return new ExportedFile(file, program, script.weights());
  }

  /** The network with taps. */
  Network load(Taps taps) throws IOException {
    Path archive = Files.createTempFile("similitude-benchmark-", ".pt");
    try {
      ArchiveWriter.write(
          archive,
          program.module(
              taps, WeightMatch.require("it", file.toString(), weights, program.weights())));
      return Network.load(archive, Optional.empty());
    } finally {
      Files.delete(archive);
    }
  }
}
