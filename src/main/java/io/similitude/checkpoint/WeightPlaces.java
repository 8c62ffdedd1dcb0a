package io.similitude.checkpoint;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The dictionaries inside a pickled one that hold tensors, by the keys that lead there, joined with
 * dots.
 */
final class WeightPlaces {
  /** {@code checkpoint["model"]["state_dict"]} is the deepest that scripts nest. */
  private static final int DEEPEST = 2;

  private static final int SHOWN = 5;

  private final Map<String, PickleDict> places;

  private WeightPlaces(Map<String, PickleDict> places) {
    this.places = places;
  }

  /** Looks into each dictionary once, so that sharing costs nothing. */
  static WeightPlaces in(PickleDict top) {
    Map<String, PickleDict> places = new LinkedHashMap<>();
    Set<PickleDict> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    seen.add(top);
    Map<String, PickleDict> level = Map.of("", top);
    for (int depth = 0; depth < DEEPEST; depth++) {
      level = below(level, seen);
      level.forEach(places::put);
    }
    places.values().removeIf(place -> !place.holdsTensors());
    return new WeightPlaces(places);
  }

  private static Map<String, PickleDict> below(
      Map<String, PickleDict> level, Set<PickleDict> seen) {
    Map<String, PickleDict> next = new LinkedHashMap<>();
    level.forEach(
        (path, dict) ->
            dict.entries()
                .forEach(
                    (key, value) -> {
                      if (key instanceof String step
                          && value instanceof PickleDict inner
                          && seen.add(inner)) {
                        next.put(path.isEmpty() ? step : path + "." + step, inner);
                      }
                    }));
    return next;
  }

  /** Those to which only such keys lead. */
  WeightPlaces under(Set<String> keys) {
    Map<String, PickleDict> chosen = new LinkedHashMap<>(places);
    chosen.keySet().removeIf(path -> !keys.containsAll(List.of(path.split("\\.", -1))));
    return new WeightPlaces(chosen);
  }

  boolean isEmpty() {
    return places.isEmpty();
  }

  Optional<PickleDict> get(String path) {
    return Optional.ofNullable(places.get(path));
  }

  /**
   * The first place.
   *
   * @throws MalformedException when it is not the only one
   */
  PickleDict only() throws MalformedException {
    if (places.size() > 1) {
      throw new MalformedException(
          "it holds weights under each of "
              + this
              + " (choose one, for example key: "
              + MalformedException.quote(places.keySet().iterator().next())
              + ")");
    }
    return places.values().iterator().next();
  }

  /** {@code model, ema}. */
  @Override
  public String toString() {
    return places.keySet().stream()
            .limit(SHOWN)
            .map(MalformedException::quote)
            .collect(Collectors.joining(", "))
        + (places.size() > SHOWN ? ", ..." : "");
  }
}
