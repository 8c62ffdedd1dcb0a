package io.similitude.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where the raw elements lie that the tensors of a pickle are windows into. */
@FunctionalInterface
interface Storages {
  /** All bytes of a storage. */
  ByteBuffer read(StorageRef storage) throws IOException;

  /**
   * Makes the tensors. Reads each storage once, however many tensors share it; those of nobody are
   * not read.
   */
  default StateDict load(Map<String, TensorRef> found, Allowance allowance) throws IOException {
    Map<String, ByteBuffer> storages = new HashMap<>();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, TensorRef> entry : found.entrySet()) {
      TensorRef tensor = entry.getValue();
      ByteBuffer storage = storages.get(tensor.storage().key());
      if (storage == null) {
        storage = read(tensor.storage());
        storages.put(tensor.storage().key(), storage);
      }
      tensors.put(entry.getKey(), materialise(tensor, storage, allowance));
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
    return tensor.in(storage, allowance);
  }
}
