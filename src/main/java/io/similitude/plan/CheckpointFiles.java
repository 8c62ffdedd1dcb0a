package io.similitude.plan;

import io.similitude.checkpoint.CheckpointReader;
import io.similitude.checkpoint.WeightsFile;
import io.similitude.files.FileAccess;
import io.similitude.files.Fingerprint;
import io.similitude.files.StagedFile;
import io.similitude.files.TemporaryFolder;
import io.similitude.input.InputException;
import io.similitude.spec.CheckpointSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The file of a checkpoint's weights, or the index of many and the shards beside it; for
 * checkpoints whose network does not bring its own.
 */
public final class CheckpointFiles {
  private static final String INDEX = ".json";

  private final CheckpointSpec checkpoint;
  private final FileAccess files;

  public CheckpointFiles(CheckpointSpec checkpoint, FileAccess files) {
    this.checkpoint = checkpoint;
    this.files = files;
  }

  /** SHA-256 of the file; of an index, of it and all shards. */
  String sha256() {
    if (!isIndex()) {
      return files.sha256(checkpoint.weights());
    }
    try (TemporaryFolder folder = TemporaryFolder.make()) {
      StagedFile index = files.stage(checkpoint.weights(), folder.path());
      Fingerprint digest = new Fingerprint().with("index", index.sha256());
      for (String shard : shards(index)) {
        digest.with(shard, files.sha256(beside(shard)));
      }
      return digest.hex();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The weights' file, with its shards, on the local disk.
   *
   * @param sha256 what {@link #sha256} was when the sweep was planned
   * @param folder for copies
   */
  public WeightsFile stage(String sha256, Path folder) {
    StagedFile file = files.stage(checkpoint.weights(), folder);
    if (isIndex()) {
      return stageShards(file, sha256, folder);
    }
    requireSame(sha256, file.sha256());
    return weights(file);
  }

  private WeightsFile stageShards(StagedFile index, String sha256, Path folder) {
    Fingerprint digest = new Fingerprint().with("index", index.sha256());
    Map<String, Path> paths = new LinkedHashMap<>();
    for (String shard : shards(index)) {
      StagedFile staged = files.stage(beside(shard), folder);
      digest.with(shard, staged.sha256());
      paths.put(shard, staged.path());
    }
    requireSame(sha256, digest.hex());
    return weights(index).withShards(paths);
  }

  private WeightsFile weights(StagedFile file) {
    return WeightsFile.of(file.path(), checkpoint.weights()).with(checkpoint.choice());
  }

  private void requireSame(String planned, String now) {
    if (!now.equals(planned)) {
      throw new InputException(
          "Cannot use checkpoint %s: %s has changed since the sweep was planned (run it again)"
              .formatted(checkpoint.id(), checkpoint.weights()));
    }
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
}
