package io.similitude.extraction;

import io.similitude.checkpoint.exported.CheckpointWeights;
import io.similitude.checkpoint.format.WeightsFile;
import io.similitude.checkpoint.match.WeightMatch;
import io.similitude.checkpoint.script.ArchiveWriter;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.files.FileAccess;
import io.similitude.files.Fingerprint;
import io.similitude.files.TemporaryFolder;
import io.similitude.input.InputException;
import io.similitude.network.Network;
import io.similitude.network.NetworkCache;
import io.similitude.plan.CheckpointFiles;
import io.similitude.plan.CheckpointSource;
import io.similitude.program.Program;
import io.similitude.program.Taps;
import io.similitude.spec.CheckpointSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Makes a network from a checkpoint on an executor. It stages the weights, writes an archive and
 * loads the archive.
 */
final class NetworkLoader implements NetworkCache.Loader {
  private final FileAccess files;
  private final CheckpointSource source;
  private final Program program;
  private final Taps taps;
  private final Optional<Integer> gpu;

  NetworkLoader(
      FileAccess files,
      CheckpointSource source,
      Program program,
      Taps taps,
      Optional<Integer> gpu) {
    this.files = files;
    this.source = source;
    this.program = program;
    this.taps = taps;
    this.gpu = gpu;
  }

  String key() {
    return key(source.weightsDigest(), program, taps, gpu);
  }

  /**
   * The identity of the network: weights, program, device. It includes the shapes of the weights,
   * because a program's source may not contain them. For example, a network of 10 classes has the
   * same source as one of 100.
   */
  static String key(String weights, Program program, Taps taps, Optional<Integer> gpu) {
    return new Fingerprint()
        .with("weights", weights)
        .with("program", program.digest(taps))
        .with("shapes", program.weights().toString())
        .with("device", gpu.map(index -> "gpu " + index).orElse("cpu"))
        .hex();
  }

  @Override
  public Network load() throws IOException {
    // When the folder is removed, libtorch has read all of it.
    try (TemporaryFolder folder = TemporaryFolder.make()) {
      Path archive = folder.path().resolve("network.pt");
      ArchiveWriter.write(archive, program.module(taps, weights(folder.path())));
      return Network.load(archive, gpu, program.fixedBatch());
    }
  }

  private StateDict weights(Path folder) {
    CheckpointSpec checkpoint = source.checkpoint();
    StateDict weights = matched(checkpoint, folder);
    Optional<String> bad = weights.firstNonFinite();
    if (bad.isPresent()) {
      throw new InputException(
          "Cannot use checkpoint %s from %s: parameter %s holds values that are not finite (did its training diverge?)"
              .formatted(checkpoint.id(), checkpoint.weights(), bad.get()));
    }
    return weights;
  }

  /**
   * The weights that match the program. If one file holds both the network and the weights, the
   * program has read both.
   */
  private StateDict matched(CheckpointSpec checkpoint, Path folder) {
    if (checkpoint.network().isEmpty()) {
      return WeightMatch.require(
          checkpoint.id(),
          checkpoint.weights(),
          program.ownWeights().orElseThrow(),
          program.weights());
    }
    WeightsFile file = new CheckpointFiles(checkpoint, files).stage(source.sha256(), folder);
    return CheckpointWeights.require(checkpoint.id(), file, program.weights());
  }
}
