package io.similitude.plan;

import io.similitude.files.Fingerprint;
import io.similitude.spec.CheckpointSpec;
import io.similitude.spec.NetworkSpec;
import io.similitude.spec.WeightChoice;
import java.io.Serializable;

/**
 * Tells an executor where a checkpoint is and which network it belongs to.
 *
 * @param sha256 of the weights when the sweep was planned
 */
public record CheckpointSource(CheckpointSpec checkpoint, NetworkSource network, String sha256)
    implements Serializable {
  /** Identifies the weights. One file may hold several sets of weights under different keys. */
  public String weightsDigest() {
    WeightChoice choice = checkpoint.choice();
    if (choice.isNone()) {
      return sha256;
    }
    Fingerprint digest = new Fingerprint().with("file", sha256);
    choice.key().ifPresent(key -> digest.with("key", key));
    choice.prefix().ifPresent(prefix -> digest.with("prefix", prefix));
    choice.ignore().forEach(ignored -> digest.with("ignore", ignored));
    return digest.hex();
  }

  /**
   * A network in the state that the sweep was planned with.
   *
   * @param sha256 of its file; null for a built-in network, which has no file
   */
  public record NetworkSource(NetworkSpec spec, String sha256) implements Serializable {}
}
