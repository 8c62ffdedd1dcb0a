package io.similitude.checkpoint;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A file of weights, staged on the local disk.
 *
 * @param path the local file
 * @param name the location as the user wrote it, for messages
 * @param key where in the file the weights lie, when there is a choice: {@code ema}, {@code
 *     model.state_dict}
 * @param shards the local files of a sharded checkpoint, under the names that its index gives them
 */
public record WeightsFile(Path path, String name, Optional<String> key, Map<String, Path> shards) {
  public WeightsFile {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(key, "key");
    shards = Map.copyOf(shards);
  }

  public static WeightsFile of(Path path, String name) {
    return new WeightsFile(path, name, Optional.empty(), Map.of());
  }

  public WeightsFile withKey(String chosen) {
    return new WeightsFile(path, name, Optional.of(chosen), shards);
  }

  /** The same file with the shards that {@link CheckpointReader#shards} names. */
  public WeightsFile withShards(Map<String, Path> staged) {
    return new WeightsFile(path, name, key, staged);
  }

  /** For formats that hold one state dict and nothing else. */
  void requireNoKey(String format) throws MalformedException {
    if (key.isPresent()) {
      throw new MalformedException(
          "it is "
              + format
              + ", which has no key "
              + MalformedException.quote(key.get())
              + " (leave the key out)");
    }
  }
}
