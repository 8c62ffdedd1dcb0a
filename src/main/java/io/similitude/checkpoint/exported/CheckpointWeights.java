package io.similitude.checkpoint.exported;

import io.similitude.checkpoint.format.WeightsFile;
import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.checkpoint.match.WeightMatch;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.spec.Normalization;
import java.util.List;
import java.util.Optional;

/** Reads the weights of a file of any kind: a checkpoint or an archive of torch.export. */
public final class CheckpointWeights {
  private CheckpointWeights() {}

  /** As {@link WeightMatch#require(String, WeightsFile, List)}. */
  public static StateDict require(
      String checkpointId, WeightsFile file, List<ExpectedTensor> expected) {
    return ExportArchive.isOne(file.path())
        ? WeightMatch.require(checkpointId, file.name(), exported(file), expected)
        : WeightMatch.require(checkpointId, file, expected);
  }

  /** As {@link WeightMatch#check(String, WeightsFile, List)}. */
  public static Optional<Normalization> check(
      String checkpointId, WeightsFile file, List<ExpectedTensor> expected) {
    return ExportArchive.isOne(file.path())
        ? WeightMatch.check(checkpointId, file.name(), exported(file), expected)
        : WeightMatch.check(checkpointId, file, expected);
  }

  private static StateDict exported(WeightsFile file) {
    return ExportArchive.read(file.path(), file.name()).weights();
  }
}
