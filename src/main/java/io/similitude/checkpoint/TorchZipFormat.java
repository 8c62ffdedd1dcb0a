package io.similitude.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What torch.save has written since 1.6: a zip archive with the pickle {@code data.pkl} and a
 * record {@code data/<key>} of raw elements for each storage.
 */
final class TorchZipFormat implements WeightFormat {
  /** 10,000 tensors take 2 MB; all values of the pickle are held in memory at once. */
  private static final long LONGEST_PICKLE = 64 << 20;

  /** A Java array's length, as far as every JVM allows it. */
  private static final long LONGEST_STORAGE = Integer.MAX_VALUE - 8L;

  private static final String TORCHSCRIPT_MARK = "constants.pkl";
  private static final String BYTE_ORDER = "byteorder";

  @Override
  public boolean recognises(FileHead head) {
    return head.has("PK\u0003\u0004", 0);
  }

  @Override
  public StateDict read(Path file) throws IOException {
    try (TorchArchive archive = TorchArchive.open(file)) {
      requireWeights(archive);
      requireLittleEndian(archive);
      return load(archive, StateDictFinder.usual().find(unpickle(archive)));
    }
  }

  private static void requireWeights(TorchArchive archive) throws MalformedException {
    if (archive.has(TORCHSCRIPT_MARK)) {
      throw new MalformedException(
          "it is a TorchScript archive, whose weights cannot be read yet"
              + " (save the state_dict alone: torch.save(model.state_dict(), ...))");
    }
  }

  private static void requireLittleEndian(TorchArchive archive) throws IOException {
    if (archive.has(BYTE_ORDER)
        && new String(archive.read(BYTE_ORDER, 16), StandardCharsets.UTF_8).startsWith("big")) {
      throw new MalformedException(
          "its numbers are big-endian (load and save it with torch on a little-endian machine)");
    }
  }

  private static Object unpickle(TorchArchive archive) throws IOException {
    return new Unpickler(
            archive.readPickle(LONGEST_PICKLE), TorchGlobals::find, StorageRef::ofPersistentId)
        .read();
  }

  /** Reads each storage once, however many tensors share it; those of nobody are not read. */
  private static StateDict load(TorchArchive archive, Map<String, TensorRef> found)
      throws IOException {
    Map<String, ByteBuffer> storages = new HashMap<>();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, TensorRef> entry : found.entrySet()) {
      TensorRef tensor = entry.getValue();
      String key = tensor.storage().key();
      if (!storages.containsKey(key)) {
        storages.put(key, ByteBuffer.wrap(archive.read("data/" + key, LONGEST_STORAGE)));
      }
      tensors.put(entry.getKey(), materialise(tensor, storages.get(key), archive.allowance()));
    }
    return new StateDict(tensors);
  }

  private static Tensor materialise(TensorRef tensor, ByteBuffer storage, Allowance allowance)
      throws MalformedException {
    if (storage.limit() != tensor.storage().bytes()) {
      throw new MalformedException(
          "its storage "
              + MalformedException.quote(tensor.storage().key())
              + " has "
              + storage.limit()
              + " bytes, its tensors want "
              + tensor.storage().bytes());
    }
    if (!tensor.isContiguous()) {
      allowance.takeElements(tensor.elements(), tensor.storage().dtype());
    }
    return tensor.in(storage);
  }
}
