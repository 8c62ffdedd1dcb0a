package io.similitude.checkpoint.script;

import io.similitude.checkpoint.pickle.PickleValue.Instance;
import io.similitude.checkpoint.pickle.PickleValue.Reference;
import io.similitude.checkpoint.pickle.PickleValue.Sequence;
import io.similitude.checkpoint.pickle.PickleValue.Whole;
import io.similitude.checkpoint.pickle.Unpickler;
import io.similitude.checkpoint.tensor.MalformedException;
import io.similitude.checkpoint.torch.StorageRef;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * Checks a pickle before libtorch reads it. libtorch does not check that a tensor is inside its
 * storage, or a storage inside its record. It also creates objects of its own C++ classes.
 */
final class ScriptPickleCheck {
  private static final String TENSOR = "torch._utils._rebuild_tensor_v2";
  private static final String NATIVE_CLASSES = "__torch__.torch.classes.";

  /** The functions that torch.jit.save uses to create values. */
  private static final Set<String> MAKERS =
      Set.of(
          TENSOR,
          "collections.OrderedDict",
          "torch.device",
          "torch.jit._pickle.build_boollist",
          "torch.jit._pickle.build_doublelist",
          "torch.jit._pickle.build_intlist",
          "torch.jit._pickle.build_tensorlist",
          "torch.jit._pickle.restore_type_tag");

  private final Map<String, ByteBuffer> records;
  private final String tensors;

  /**
   * A check.
   *
   * @param records the records of the archive
   * @param tensors the prefix of the record names of the storages
   */
  ScriptPickleCheck(Map<String, ByteBuffer> records, String tensors) {
    this.records = records;
    this.tensors = tensors;
  }

  void require(Unpickler.Pickle pickle) throws MalformedException {
    for (Reference reference : pickle.references()) {
      requireRecord(StorageRef.of(reference));
    }
    for (Instance instance : pickle.instances()) {
      String maker = instance.calls();
      if (maker.startsWith(NATIVE_CLASSES)
          || !(MAKERS.contains(maker) || ScriptPickle.isObject(instance))) {
        throw new MalformedException(
            "its pickle calls "
                + MalformedException.quote(maker)
                + ", which is not a usual part of a TorchScript file");
      }
      if (maker.equals(TENSOR)) {
        requireInside(instance.arguments());
      }
    }
  }

  private void requireRecord(StorageRef storage) throws MalformedException {
    ByteBuffer bytes = records.get(tensors + storage.key());
    if (bytes == null || bytes.limit() != storage.bytes()) {
      throw new MalformedException(
          "its storage "
              + MalformedException.quote(storage.key())
              + " does not have the "
              + storage.bytes()
              + " bytes that its tensors want");
    }
  }

  private static void requireInside(Sequence tensor) throws MalformedException {
    StorageRef storage = StorageRef.of(tensor.get(0, Reference.class));
    long offset = tensor.get(1, Whole.class).value();
    long[] shape = tensor.get(2, Sequence.class).longs();
    long[] strides = tensor.get(3, Sequence.class).longs();
    if (!isInside(storage.elements(), offset, shape, strides)) {
      throw new MalformedException(
          "its pickle has a tensor that does not lie inside its storage: shape "
              + MalformedException.quote(Arrays.toString(shape)));
    }
  }

  private static boolean isInside(long elements, long offset, long[] shape, long[] strides) {
    if (shape.length != strides.length || offset < 0) {
      return false;
    }
    try {
      long last = offset;
      boolean empty = false;
      for (int d = 0; d < shape.length; d++) {
        if (shape[d] < 0 || strides[d] < 0) {
          return false;
        }
        empty |= shape[d] == 0;
        last = Math.addExact(last, Math.multiplyExact(Math.max(0, shape[d] - 1), strides[d]));
      }
      return empty || last < elements;
    } catch (ArithmeticException e) {
      return false;
    }
  }
}
