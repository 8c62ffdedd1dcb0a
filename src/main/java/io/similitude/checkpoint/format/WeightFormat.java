package io.similitude.checkpoint.format;

import io.similitude.checkpoint.tensor.StoredWeights;
import java.io.IOException;
import java.util.List;

/**
 * A file format that holds weights. A new one is a class of its own and a line in {@link
 * CheckpointReader}.
 */
interface WeightFormat {
  /** Whether a file that begins like this is of this format. */
  boolean recognises(FileHead head);

  /**
   * Opens a file for its tensors.
   *
   * @throws IOException when there are none to be had; the message says why
   */
  StoredWeights open(WeightsFile file) throws IOException;

  /** The names of the other files, beside this one, that hold its tensors. */
  default List<String> shards(WeightsFile file) throws IOException {
    return List.of();
  }
}
