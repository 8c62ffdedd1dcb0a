package io.similitude.plan;

import io.similitude.files.Fingerprint;
import io.similitude.spec.CheckpointSpec;
import io.similitude.spec.NetworkSpec;
import io.similitude.spec.WeightChoice;
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
   * A network as the sweep was planned with it.
   *
   * @param sha256 of its file; null: it has none, it is built in
   */
  public record NetworkSource(NetworkSpec spec, String sha256) implements Serializable {}
}
