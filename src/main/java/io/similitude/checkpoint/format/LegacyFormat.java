package io.similitude.checkpoint.format;

import io.similitude.checkpoint.tensor.Allowance;
import io.similitude.checkpoint.tensor.FileBytes;
import io.similitude.checkpoint.tensor.StoredWeights;
import io.similitude.checkpoint.torch.LegacyPickles;
import io.similitude.checkpoint.torch.LegacyStorages;
import io.similitude.checkpoint.torch.Storages;
import io.similitude.checkpoint.torch.TorchWeights;
import java.io.IOException;

/**
 * The format that torch.save wrote before 1.6, and still writes on request. It has five pickles one
 * after the other: a magic number, the version, facts about the machine, the object, and the keys
 * of the storages. Then for each key come the number of elements as an int64, and the elements.
 *
 * <p>Source: PyTorch 1.13, torch/serialization.py, _legacy_save and _legacy_load.
 */
final class LegacyFormat implements WeightFormat {
  private static final String PROTOCOL = "\u0080";

  /** After the protocol's number: 0x1950a86a20f9469cfc6c as a long of ten bytes. */
  private static final String MAGIC = "\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019";

  @Override
  public boolean recognises(FileHead head) {
    return head.has(PROTOCOL, 0) && head.has(MAGIC, 2);
  }

  @Override
  public StoredWeights open(WeightsFile file) throws IOException {
    FileBytes bytes = FileBytes.open(file.path());
    try {
      LegacyPickles pickles = LegacyPickles.read(bytes);
      Storages storages = LegacyStorages.find(bytes, pickles);
      return new TorchWeights(pickles.object(), storages, Allowance.ofFile(bytes.size()), bytes);
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }
}
