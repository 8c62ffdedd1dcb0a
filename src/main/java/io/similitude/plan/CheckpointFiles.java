package io.similitude.plan;

import io.similitude.checkpoint.format.CheckpointReader;
import io.similitude.checkpoint.format.WeightsFile;
import io.similitude.files.FileAccess;
import io.similitude.files.Fingerprint;
import io.similitude.files.StagedFile;
import io.similitude.input.InputException;
import io.similitude.spec.CheckpointSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The file of a checkpoint's weights, or an index file with its shards. It is for checkpoints whose
 * network file does not include the weights.
 */
public final class CheckpointFiles {
  private static final String INDEX = ".json";

  private final CheckpointSpec checkpoint;
  private final FileAccess files;

  public CheckpointFiles(CheckpointSpec checkpoint, FileAccess files) {
    this.checkpoint = checkpoint;
    this.files = files;
  }

  /**
   * Puts the weights' file, with its shards, on the local disk.
   *
   * @param folder for copies
   */
  Staged stage(Path folder) {
    StagedFile file = files.stage(checkpoint.weights(), folder);
    return isIndex() ? stageShards(file, folder) : new Staged(weights(file), file.sha256());
  }

  /**
   * Puts the weights' file, with its shards, on the local disk, and checks that it has not changed.
   *
   * @throws InputException if the file has changed since the sweep was planned
   */
  public WeightsFile stage(String planned, Path folder) {
    Staged staged = stage(folder);
    if (!staged.sha256().equals(planned)) {
      throw new InputException(
          "Cannot use checkpoint %s: %s has changed since the sweep was planned (run it again)"
              .formatted(checkpoint.id(), checkpoint.weights()));
    }
    return staged.file();
  }

  private Staged stageShards(StagedFile index, Path folder) {
    Fingerprint digest = new Fingerprint().with("index", index.sha256());
    Map<String, Path> paths = new LinkedHashMap<>();
    for (String shard : shards(index)) {
      StagedFile staged = files.stage(beside(shard), folder);
      digest.with(shard, staged.sha256());
      paths.put(shard, staged.path());
    }
    return new Staged(weights(index).withShards(paths), digest.hex());
  }

  private WeightsFile weights(StagedFile file) {
    return WeightsFile.of(file.path(), checkpoint.weights()).with(checkpoint.choice());
  }

  private List<String> shards(StagedFile index) {
    return CheckpointReader.shards(index.path(), checkpoint.weights());
  }

  private String beside(String shard) {
    String index = checkpoint.weights();
    return index.substring(0, index.lastIndexOf('/') + 1) + shard;
  }

  private boolean isIndex() {
    return checkpoint.weights().endsWith(INDEX);
  }

  /**
   * Weights on the local disk.
   *
   * @param sha256 of the file; for an index, of the index and all shards
   */
  record Staged(WeightsFile file, String sha256) {}
}
