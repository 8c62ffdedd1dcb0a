package io.similitude.checkpoint.script;

import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.checkpoint.torch.TensorRef;
import io.similitude.checkpoint.torch.TorchArchive;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Writes weights into the tensors of an archive, for any types, strides and sharing. */
final class WeightWriter {
  private final ScriptTree tree;
  private final Map<String, ByteBuffer> records;
  private final Map<String, ByteBuffer> written = new LinkedHashMap<>();

  WeightWriter(ScriptTree tree, Map<String, ByteBuffer> records) {
    this.tree = tree;
    this.records = records;
  }

  /** The records that change. Each is a copy. */
  Map<String, ByteBuffer> written(StateDict weights) {
    for (ScriptTree.Place place : tree.places()) {
      for (Map.Entry<String, TensorRef> entry : place.tensors().entrySet()) {
        String name = ScriptModule.child(place.path(), entry.getKey());
        Optional<Tensor> weight = weights.get(name);
        if (weight.isPresent()) {
          TensorRef target = entry.getValue();
          target.write(weight.get(), storage(TorchArchive.TENSORS + target.storage().key()));
        }
      }
    }
    return written;
  }

  private ByteBuffer storage(String record) {
    return written.computeIfAbsent(record, this::copy);
  }

  private ByteBuffer copy(String record) {
    ByteBuffer original = records.get(record).duplicate();
    return ByteBuffer.allocate(original.remaining())
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(original)
        .rewind();
  }
}
