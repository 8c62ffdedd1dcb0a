package io.similitude.plan;

import io.similitude.spec.CheckpointSpec;
import io.similitude.stage.Digest;
import java.io.Serializable;

/**
 * Where an executor finds a checkpoint, and what network it is of.
 *
 * @param sha256 of the weights when the sweep was planned
 */
public record CheckpointSource(CheckpointSpec checkpoint, NetworkSource network, String sha256)
    implements Serializable {
  /** Identifies the weights: the same file may hold several under different keys. */
  public String weightsDigest() {
    return checkpoint
        .key()
        .map(key -> new Digest().with("file", sha256).with("key", key).hex())
        .orElse(sha256);
  }
}
