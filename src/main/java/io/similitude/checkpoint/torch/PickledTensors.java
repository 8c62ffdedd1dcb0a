package io.similitude.checkpoint.torch;

import io.similitude.checkpoint.pickle.NumpyArray;
import io.similitude.checkpoint.pickle.PickleValue;
import io.similitude.checkpoint.pickle.PickleValue.Global;
import io.similitude.checkpoint.pickle.PickleValue.Instance;
import io.similitude.checkpoint.pickle.PickleValue.Mapping;
import io.similitude.checkpoint.pickle.PickleValue.Plain;
import io.similitude.checkpoint.pickle.PickleValue.Reference;
import io.similitude.checkpoint.pickle.PickleValue.Sequence;
import io.similitude.checkpoint.pickle.PickleValue.Truth;
import io.similitude.checkpoint.pickle.PickleValue.Whole;
import io.similitude.checkpoint.tensor.DType;
import io.similitude.checkpoint.tensor.MalformedException;
import io.similitude.checkpoint.tensor.StoredTensor;
import io.similitude.checkpoint.tensor.StoredTensor.Refused;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Recognises pickled tensors by the torch functions that would rebuild them. If a part of the
 * description of a tensor is not understood, the tensor cannot be read.
 *
 * <p>Source: PyTorch 2.6, torch/_utils.py and torch/_tensor.py, Tensor._reduce_ex_internal.
 */
public final class PickledTensors {
  /** The largest number of wrappers. A parameter of a tensor subclass has two. */
  private static final int MOST_WRAPPERS = 8;

  private static final Set<String> WRAPPERS =
      Set.of(
          "torch._utils._rebuild_parameter",
          "torch._utils._rebuild_parameter_with_state",
          "torch.nn.parameter.Parameter",
          "torch.nn.parameter.Buffer");

  private static final Set<String> SUBCLASSES =
      Set.of(
          "torch._tensor._rebuild_from_type_v2",
          "torch._tensor._rebuild_from_type",
          "torch.tensor._rebuild_from_type");

  private static final Map<String, String> REFUSED =
      Map.of(
          "torch._utils._rebuild_qtensor",
          "is quantised (save the weights before they are quantised)",
          "torch._utils._rebuild_sparse_tensor",
          "is sparse (save it as tensor.to_dense())",
          "torch._utils._rebuild_sparse_csr_tensor",
          "is sparse (save it as tensor.to_dense())",
          "torch._utils._rebuild_nested_tensor",
          "is a nested tensor (save its parts)",
          "torch._utils._rebuild_meta_tensor_no_storage",
          "has no values: it was saved from the meta device (save it after the weights are loaded)",
          "torch._utils._rebuild_wrapper_subclass",
          "is of a class that keeps its values elsewhere (save it as a plain tensor; a DTensor:"
              + " tensor.full_tensor())");

  private static final Map<String, DType> DTYPES =
      Map.ofEntries(
          Map.entry("float32", DType.FLOAT32),
          Map.entry("float64", DType.FLOAT64),
          Map.entry("float16", DType.FLOAT16),
          Map.entry("bfloat16", DType.BFLOAT16),
          Map.entry("float8_e4m3fn", DType.FLOAT8_E4M3),
          Map.entry("float8_e5m2", DType.FLOAT8_E5M2),
          Map.entry("int64", DType.INT64),
          Map.entry("int32", DType.INT32),
          Map.entry("int16", DType.INT16),
          Map.entry("int8", DType.INT8),
          Map.entry("uint8", DType.UINT8),
          Map.entry("bool", DType.BOOL));

  private static final String NEGATIVE = "neg";
  private static final String CONJUGATE = "conj";

  private PickledTensors() {}

  /** The tensor that an object represents; empty if the object is something else. */
  public static Optional<StoredTensor> of(PickleValue value) throws MalformedException {
    PickleValue inner = value;
    for (int i = 0; i < MOST_WRAPPERS && inner instanceof Instance instance; i++) {
      String function = instance.calls();
      if (WRAPPERS.contains(function) && instance.arguments().size() > 0) {
        inner = instance.arguments().items().get(0);
      } else if (SUBCLASSES.contains(function)) {
        Sequence arguments = instance.arguments().get(2, Sequence.class);
        inner = new Instance(instance.arguments().get(0, PickleValue.class), arguments);
      } else {
        return ofFunction(function, instance);
      }
    }
    return Optional.empty();
  }

  private static Optional<StoredTensor> ofFunction(String function, Instance instance)
      throws MalformedException {
    if (REFUSED.containsKey(function)) {
      return Optional.of(new Refused(REFUSED.get(function)));
    }
    return switch (function) {
      case "torch._utils._rebuild_tensor" -> Optional.of(plain(instance, 4));
      case "torch._utils._rebuild_tensor_v2" -> Optional.of(plain(instance, 6));
      case "torch._utils._rebuild_tensor_v3" -> Optional.of(typed(instance));
      case "torch._utils._rebuild_device_tensor_from_numpy" ->
          Optional.of(
              NumpyArray.of(instance.arguments().get(0, PickleValue.class))
                  .map(StoredTensor.class::cast)
                  .orElse(new Refused("has no values")));
      default -> NumpyArray.of(instance).map(StoredTensor.class::cast);
    };
  }

  /** (storage, offset, size, stride, requires_grad, backward_hooks, metadata). */
  private static StoredTensor plain(Instance tensor, int known) throws MalformedException {
    StorageRef storage = StorageRef.of(tensor.arguments().get(0, Reference.class));
    if (storage.type().isComplex()) {
      return new Refused(
          "is complex, and networks here are real (save it as real tensors: torch.view_as_real)");
    }
    if (storage.type().isQuantised()) {
      return new Refused(REFUSED.get("torch._utils._rebuild_qtensor"));
    }
    Optional<DType> dtype = storage.type().dtype();
    return dtype.isEmpty()
        ? new Refused("has no type")
        : window(tensor, storage, dtype.get(), known);
  }

  /** (storage, offset, size, stride, requires_grad, backward_hooks, dtype, metadata). */
  private static StoredTensor typed(Instance tensor) throws MalformedException {
    Global type = tensor.arguments().get(6, Global.class);
    DType dtype = type.module().equals("torch") ? DTYPES.get(type.name()) : null;
    if (dtype == null) {
      return new Refused(
          "has elements of type %s, which cannot be read (save it as torch.float32)"
              .formatted(MalformedException.quote(type.qualified())));
    }
    return window(tensor, StorageRef.of(tensor.arguments().get(0, Reference.class)), dtype, 7);
  }

  private static StoredTensor window(Instance tensor, StorageRef storage, DType dtype, int known)
      throws MalformedException {
    Sequence arguments = tensor.arguments();
    List<PickleValue> more =
        arguments.size() > known ? arguments.items().subList(known, arguments.size()) : List.of();
    Optional<Boolean> negative = negative(more, dtype);
    boolean understood = negative.isPresent() && !(tensor.state() instanceof Sequence);
    TensorRef window =
        new TensorRef(
            storage,
            dtype,
            arguments.get(1, Whole.class).value(),
            arguments.get(2, Sequence.class),
            arguments.get(3, Sequence.class),
            negative.orElse(false));
    return understood
        ? window
        : new Refused(
            "comes with metadata that is not understood (save it as tensor.detach().clone())");
  }

  /** The sign that the metadata gives; empty if the metadata has parts that are not understood. */
  private static Optional<Boolean> negative(List<PickleValue> metadata, DType dtype) {
    if (metadata.isEmpty() || metadata.equals(List.of(Plain.NONE))) {
      return Optional.of(false);
    }
    if (metadata.size() > 1
        || !(metadata.get(0) instanceof Mapping bits)
        || !bits.numbered().isEmpty()
        || !Set.of(NEGATIVE, CONJUGATE).containsAll(bits.named().keySet())
        || !bits.named().values().stream().allMatch(Truth.class::isInstance)) {
      return Optional.empty();
    }
    // A real number is its own conjugate.
    boolean negative = new Truth(true).equals(bits.get(NEGATIVE));
    return negative && !dtype.isFloating() ? Optional.empty() : Optional.of(negative);
  }
}
