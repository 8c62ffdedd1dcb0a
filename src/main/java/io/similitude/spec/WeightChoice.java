package io.similitude.spec;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * The user's choice of the weights in a file with several possibilities.
 *
 * @param key the keys that lead to the weights, joined with dots: {@code ema}, {@code state_dict.0}
 * @param prefix the text before the names of the weights: {@code encoder_q.}
 * @param ignore names of tensors or modules that are left out; {@code *} stands for anything
 */
public record WeightChoice(Optional<String> key, Optional<String> prefix, List<String> ignore)
    implements Serializable {
  /** The weights are found by their names and shapes. */
  public static final WeightChoice NONE =
      new WeightChoice(Optional.empty(), Optional.empty(), List.of());

  public WeightChoice {
    requireNonNull(key, "key");
    requireNonNull(prefix, "prefix");
    ignore = List.copyOf(ignore);
  }

  public static WeightChoice ofKey(String key) {
    return new WeightChoice(Optional.of(key), Optional.empty(), List.of());
  }

  public boolean isNone() {
    return equals(NONE);
  }

  private Object writeReplace() {
    return new Serialized(key.orElse(null), prefix.orElse(null), ignore);
  }

  /** The serialized form, with null for absent parts: an Optional is not serializable. */
  private record Serialized(String key, String prefix, List<String> ignore)
      implements Serializable {
    private Object readResolve() {
      return new WeightChoice(Optional.ofNullable(key), Optional.ofNullable(prefix), ignore);
    }
  }
}
