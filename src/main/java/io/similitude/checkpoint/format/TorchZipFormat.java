package io.similitude.checkpoint.format;

import io.similitude.checkpoint.pickle.Unpickler;
import io.similitude.checkpoint.tensor.FileBytes;
import io.similitude.checkpoint.tensor.MalformedException;
import io.similitude.checkpoint.tensor.StoredWeights;
import io.similitude.checkpoint.torch.StorageRef;
import io.similitude.checkpoint.torch.Storages;
import io.similitude.checkpoint.torch.TorchArchive;
import io.similitude.checkpoint.torch.TorchWeights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The format that torch.save has written since 1.6: a zip archive with the pickle {@code data.pkl}
 * and a record {@code data/<key>} of raw elements for each storage.
 */
final class TorchZipFormat implements WeightFormat {
  private static final String BYTE_ORDER = "byteorder";

  @Override
  public boolean recognises(FileHead head) {
    return head.has("PK\u0003\u0004", 0);
  }

  @Override
  public StoredWeights open(WeightsFile file) throws IOException {
    TorchArchive archive = TorchArchive.open(file.path());
    try {
      requireWeights(archive);
      requireLittleEndian(archive);
      byte[] pickle = archive.readPickle(FileBytes.LONGEST_ARRAY);
      return new TorchWeights(
          Unpickler.read(pickle).value(), storagesOf(archive), archive.allowance(), archive);
    } catch (IOException | RuntimeException e) {
      archive.close();
      throw e;
    }
  }

  private static void requireWeights(TorchArchive archive) throws MalformedException {
    if (archive.isTorchScript()) {
      throw new MalformedException(
          "it is a TorchScript archive, network and weights in one"
              + " (use torchscript: in place of network: and weights:)");
    }
  }

  private static void requireLittleEndian(TorchArchive archive) throws IOException {
    if (archive.has(BYTE_ORDER)
        && new String(archive.read(BYTE_ORDER, 16), StandardCharsets.UTF_8).startsWith("big")) {
      throw StorageRef.bigEndian();
    }
  }

  private static Storages storagesOf(TorchArchive archive) {
    return storage ->
        ByteBuffer.wrap(
            archive.read(TorchArchive.TENSORS + storage.key(), FileBytes.LONGEST_ARRAY));
  }
}
