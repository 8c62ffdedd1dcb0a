package io.similitude.checkpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the named tensors in what a training script saved: under one of the usual keys, or at the
 * top. Everything else that lies there is ignored.
 */
final class StateDictFinder {
  /** The keys under which training scripts nest the weights. */
  private static final List<String> USUAL_KEYS = List.of("state_dict");

  private static final int LONGEST_NAME = 500;
  private static final int KEYS_SHOWN = 5;

  private final List<String> keys;

  StateDictFinder(List<String> keys) {
    this.keys = List.copyOf(keys);
  }

  static StateDictFinder usual() {
    return new StateDictFinder(USUAL_KEYS);
  }

  /**
   * The tensors by name, in the order of the pickle.
   *
   * @throws MalformedException when there are no tensors, or in more than one of the usual places
   */
  Map<String, TensorRef> find(Object pickled) throws MalformedException {
    if (!(pickled instanceof PickleDict top)) {
      throw new MalformedException(
          "it holds no state_dict (save one: torch.save(model.state_dict(), ...))");
    }
    List<String> nested = keys.stream().filter(key -> top.get(key) instanceof PickleDict).toList();
    if (nested.size() > 1) {
      throw new MalformedException(
          "it holds weights under each of " + String.join(", ", nested) + " (keep one of them)");
    }
    PickleDict chosen = nested.isEmpty() ? top : (PickleDict) top.get(nested.get(0));
    return requireTensors(tensorsOf(chosen), chosen);
  }

  private static Map<String, TensorRef> tensorsOf(PickleDict dict) throws MalformedException {
    Map<String, TensorRef> tensors = new LinkedHashMap<>();
    for (Map.Entry<Object, Object> entry : dict.entries().entrySet()) {
      if (entry.getKey() instanceof String name && entry.getValue() instanceof TensorRef tensor) {
        requirePrintable(name);
        tensors.put(name, tensor);
      }
    }
    return tensors;
  }

  /** Names go into messages and tables, a line each. */
  private static void requirePrintable(String name) throws MalformedException {
    if (name.isEmpty()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new MalformedException(
          "Invalid name of a parameter: "
              + MalformedException.quote(name)
              + " (must be 1 to 500 printable characters)");
    }
  }

  private static Map<String, TensorRef> requireTensors(
      Map<String, TensorRef> tensors, PickleDict dict) throws MalformedException {
    if (tensors.isEmpty()) {
      throw new MalformedException(
          "it holds no tensors (its first keys are " + dict.describeKeys(KEYS_SHOWN) + ")");
    }
    return tensors;
  }
}
