package io.similitude.checkpoint.format;

import io.similitude.checkpoint.tensor.MalformedException;
import io.similitude.spec.WeightChoice;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * A file of weights, staged on the local disk.
 *
 * @param path the local file
 * @param name the location as the user wrote it, for messages
 * @param choice the user's choice of where the weights are in the file
 * @param shards the local files of a sharded checkpoint, under their names in its index
 */
public record WeightsFile(Path path, String name, WeightChoice choice, Map<String, Path> shards) {
  public WeightsFile {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(choice, "choice");
    shards = Map.copyOf(shards);
  }

  public static WeightsFile of(Path path, String name) {
    return new WeightsFile(path, name, WeightChoice.NONE, Map.of());
  }

  public WeightsFile with(WeightChoice chosen) {
    return new WeightsFile(path, name, chosen, shards);
  }

  /** The same file with the shards that {@link CheckpointReader#shards} names. */
  public WeightsFile withShards(Map<String, Path> staged) {
    return new WeightsFile(path, name, choice, staged);
  }

  /** Refuses a key. For formats that hold one state dict and nothing else. */
  void requireNoKey(String format) throws MalformedException {
    if (choice.key().isPresent()) {
      throw new MalformedException(
          "it is "
              + format
              + ", which has no key "
              + MalformedException.quote(choice.key().get())
              + " (leave the key out)");
    }
  }
}
