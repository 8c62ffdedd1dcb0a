package io.similitude.checkpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the named tensors in what a training script saved: under the key that was asked for, else
 * under one of the usual keys, else at the top, else under the only key that holds tensors.
 * Everything else that lies there is ignored.
 */
final class StateDictFinder {
  /** The keys under which training scripts nest the weights. */
  private static final Set<String> USUAL_KEYS =
      Set.of(
          "state_dict",
          "model_state_dict",
          "model_state",
          "model",
          "net",
          "network",
          "module",
          "weights",
          "params",
          "params_ema",
          "ema",
          "ema_model",
          "ema_state_dict",
          "model_ema",
          "state_dict_ema",
          "swa_state_dict",
          "unaveraged_model_state_dict",
          "student",
          "teacher");

  private static final int KEYS_SHOWN = 5;

  private StateDictFinder() {}

  /**
   * The tensors by name, in the order of the pickle.
   *
   * @param key the place that the user chose, the keys that lead there joined by dots
   * @throws MalformedException when there are no tensors, or in more than one place
   */
  static Map<String, TensorRef> find(Object pickled, Optional<String> key)
      throws MalformedException {
    if (!(pickled instanceof PickleDict top)) {
      throw new MalformedException(
          "it holds no state_dict (save one: torch.save(model.state_dict(), ...))");
    }
    return tensorsOf(key.isPresent() ? chosenPlace(key.get(), top) : likelyPlace(top));
  }

  private static PickleDict chosenPlace(String key, PickleDict top) throws MalformedException {
    if (top.get(key) instanceof PickleDict place && place.holdsTensors()) {
      return place;
    }
    WeightPlaces places = WeightPlaces.in(top);
    return places
        .get(key)
        .orElseThrow(
            () ->
                new MalformedException(
                    "it holds no weights under key "
                        + MalformedException.quote(key)
                        + (places.isEmpty() ? firstKeys(top) : " (but under " + places + ")")));
  }

  private static PickleDict likelyPlace(PickleDict top) throws MalformedException {
    WeightPlaces places = WeightPlaces.in(top);
    WeightPlaces usual = places.under(USUAL_KEYS);
    if (!usual.isEmpty()) {
      return usual.only();
    }
    return top.holdsTensors() || places.isEmpty() ? top : places.only();
  }

  private static Map<String, TensorRef> tensorsOf(PickleDict dict) throws MalformedException {
    Map<String, TensorRef> tensors = new LinkedHashMap<>();
    for (Map.Entry<Object, Object> entry : dict.entries().entrySet()) {
      if (entry.getKey() instanceof String name && entry.getValue() instanceof TensorRef tensor) {
        tensors.put(TensorNames.require(name), tensor);
        TensorNames.requireCount(tensors.size());
      }
    }
    if (tensors.isEmpty()) {
      throw new MalformedException("it holds no named tensors" + firstKeys(dict));
    }
    return tensors;
  }

  private static String firstKeys(PickleDict dict) {
    List<String> keys = dict.describeKeys(KEYS_SHOWN);
    return " (its first keys are " + keys + ")";
  }
}
