package io.similitude.checkpoint.format;

import io.similitude.checkpoint.tensor.MalformedException;
import io.similitude.checkpoint.tensor.StoredWeights;

/**
 * Formats that are recognised but cannot be read. They say what the file is and how to convert it.
 */
enum UnreadFormat implements WeightFormat {
  BARE_PICKLE("a pickle that torch.save did not write", 0, "\u0080"),
  TAR("a tar archive", 257, "ustar"),
  GZIP("compressed with gzip", 0, "\u001f\u008b"),
  NUMPY("an array of NumPy", 0, "\u0093NUMPY"),
  HDF5("an HDF5 file", 0, "\u0089HDF");

  private final String description;
  private final int at;
  private final String mark;

  UnreadFormat(String description, int at, String mark) {
    this.description = description;
    this.at = at;
    this.mark = mark;
  }

  @Override
  public boolean recognises(FileHead head) {
    return head.has(mark, at);
  }

  @Override
  public StoredWeights open(WeightsFile file) throws MalformedException {
    throw new MalformedException(
        "it is "
            + description
            + ", which cannot be read (load it in Python and save its state_dict again with"
            + " torch.save of torch 1.6 or newer)");
  }
}
