package io.similitude.checkpoint.torch;

import io.similitude.checkpoint.pickle.NumpyArray;
import io.similitude.checkpoint.tensor.Allowance;
import io.similitude.checkpoint.tensor.MalformedException;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.StoredTensor;
import io.similitude.checkpoint.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The raw elements behind the tensors of a pickle. The tensors are windows of storages. */
@FunctionalInterface
public interface Storages {
  /** All bytes of a storage. */
  ByteBuffer read(StorageRef storage) throws IOException;

  /**
   * Loads tensors from their descriptions in a pickle, by their names. Each storage is read once,
   * even if several tensors share it. Unused storages are not read.
   */
  default StateDict load(Map<String, StoredTensor> wanted, Allowance allowance) throws IOException {
    Map<String, ByteBuffer> read = new HashMap<>();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, StoredTensor> entry : wanted.entrySet()) {
      tensors.put(entry.getKey(), load(entry.getKey(), entry.getValue(), read, allowance));
    }
    return new StateDict(tensors);
  }

  private Tensor load(
      String name, StoredTensor tensor, Map<String, ByteBuffer> read, Allowance allowance)
      throws IOException {
    if (tensor instanceof NumpyArray array) {
      return array.tensor(allowance);
    }
    if (!(tensor instanceof TensorRef window)) {
      throw new MalformedException(
          "its " + MalformedException.quote(name) + " " + tensor.refusal().orElse("is no tensor"));
    }
    StorageRef storage = window.storage();
    ByteBuffer bytes = read.get(storage.key());
    if (bytes == null) {
      bytes = read(storage);
      read.put(storage.key(), bytes);
    }
    if (bytes.limit() != storage.bytes()) {
      throw new MalformedException(
          "its storage "
              + MalformedException.quote(storage.key())
              + " has "
              + bytes.limit()
              + " bytes, its tensors want "
              + storage.bytes());
    }
    return window.in(bytes, allowance);
  }
}
