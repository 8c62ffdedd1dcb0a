package io.similitude.checkpoint.format;

import io.similitude.checkpoint.tensor.StoredWeights;
import java.io.IOException;
import java.util.List;

/**
 * A file format that holds weights. To add one, write a class and add a line in {@link
 * CheckpointReader}.
 */
interface WeightFormat {
  /** Whether a file that begins like this is of this format. */
  boolean recognises(FileHead head);

  /**
   * Opens a file for its tensors.
   *
   * @throws IOException when its tensors cannot be read; the message says why
   */
  StoredWeights open(WeightsFile file) throws IOException;

  /** The names of the other files, next to this one, that hold its tensors. */
  default List<String> shards(WeightsFile file) throws IOException {
    return List.of();
  }
}
