package io.similitude.checkpoint;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names that the pickles of weights may mention. What weights are made of becomes data;
 * harmless company (options, NumPy arrays, counters of schedulers) becomes {@link Inert}; every
 * other name is refused before anything is made of it.
 */
final class TorchGlobals {
  private static final PickleGlobal INERT = arguments -> Inert.VALUE;

  private static final PickleGlobal PARAMETER = arguments -> arguments.get(0, TensorRef.class);

  /** What protocol 2 calls them, whoever wrote it. */
  private static final String PYTHON_2_BUILTINS = "__builtin__";

  private static final Map<String, PickleGlobal> NEEDED =
      Map.of(
          "torch._utils._rebuild_tensor",
          TensorRef::ofArguments,
          "torch._utils._rebuild_tensor_v2",
          TensorRef::ofArguments,
          "torch._utils._rebuild_parameter",
          PARAMETER,
          "torch._utils._rebuild_parameter_with_state",
          PARAMETER,
          "torch.Size",
          arguments -> arguments.get(0, PickleTuple.class),
          "collections.OrderedDict",
          arguments -> new PickleDict(),
          "collections.defaultdict",
          arguments -> new PickleDict());

  private static final Set<String> HARMLESS =
      Set.of(
          "argparse.Namespace",
          "builtins.dict",
          "builtins.float",
          "builtins.int",
          "builtins.list",
          "builtins.set",
          "_codecs.encode",
          "collections.Counter",
          "datetime.datetime",
          "numpy.core.multiarray._reconstruct",
          "numpy._core.multiarray._reconstruct",
          "numpy.core.multiarray.scalar",
          "numpy._core.multiarray.scalar",
          "numpy.dtype",
          "numpy.ndarray",
          "pathlib.PosixPath",
          "torch.device",
          "torch.bfloat16",
          "torch.float16",
          "torch.float32",
          "torch.float64",
          "torch.int64");

  private TorchGlobals() {}

  static PickleGlobal find(String module, String name) throws MalformedException {
    String qualified = (module.equals(PYTHON_2_BUILTINS) ? "builtins" : module) + "." + name;
    if (NEEDED.containsKey(qualified)) {
      return NEEDED.get(qualified);
    }
    if (HARMLESS.contains(qualified)) {
      return INERT;
    }
    return storageClass(module, name)
        .orElseThrow(
            () ->
                new MalformedException(
                    "its pickle names "
                        + MalformedException.quote(qualified)
                        + ", which no weights need; nothing of it was executed"
                        + " (save the state_dict alone: torch.save(model.state_dict(), ...))"));
  }

  private static Optional<StorageClass> storageClass(String module, String name) {
    return module.equals("torch")
        ? DType.ofStorageClass(name).map(StorageClass::new)
        : Optional.empty();
  }
}
