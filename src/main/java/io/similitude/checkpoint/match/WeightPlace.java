package io.similitude.checkpoint.match;

import io.similitude.checkpoint.tensor.MalformedException;
import io.similitude.checkpoint.tensor.StoredTensor;
import io.similitude.checkpoint.tensor.StoredWeights;
import io.similitude.spec.WeightChoice;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The part of a file's tensors in which the user wants the weights to be searched. */
final class WeightPlace {
  private static final int SHOWN = 5;
  private static final String OPTIMIZER = "optim";

  private final String key;
  private final WeightChoice choice;
  private final Set<String> places;
  private final Predicate<String> ignored;
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();

  private WeightPlace(StoredWeights weights, WeightChoice choice) {
    this.key = choice.key().map(chosen -> chosen + ".").orElse("");
    this.choice = choice;
    this.places = weights.places();
    this.ignored = ignored(choice.ignore());
    weights
        .tensors()
        .forEach(
            (path, tensor) -> {
              if (path.startsWith(key)
                  && !ignored.test(path)
                  && !ignored.test(path.substring(key.length()))) {
                tensors.put(path.substring(key.length()), tensor);
              }
            });
  }

  static WeightPlace of(StoredWeights weights, WeightChoice choice) throws MalformedException {
    WeightPlace place = new WeightPlace(weights, choice);
    if (place.tensors.isEmpty() && choice.key().isPresent()) {
      throw new MalformedException(
          "it holds no weights under key "
              + MalformedException.quote(choice.key().get())
              + " (but under "
              + known(weights)
              + ")");
    }
    return place;
  }

  /** The tensors by their paths below the key. */
  Map<String, StoredTensor> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  /** The path in the file of a tensor below the key. */
  String inFile(String path) {
    return key + path;
  }

  /** The sets that the user's choice allows; all sets if there is no choice. */
  List<WeightSet> choose(List<WeightSet> sets) {
    if (choice.prefix().isPresent()) {
      String prefix = choice.prefix().get();
      return sets.stream()
          .filter(set -> set.prefix().equals(prefix) || set.prefix().equals(prefix + "."))
          .toList();
    }
    // Weights directly under the key that the user chose are preferred to deeper ones.
    List<WeightSet> right = sets.stream().filter(set -> set.prefix().isEmpty()).toList();
    return choice.key().isPresent() && !right.isEmpty() ? right : sets;
  }

  /** The paths of the tensors that have the prefix of a set but do not belong to it. */
  List<String> beside(WeightSet set) {
    Set<String> own = Set.copyOf(set.paths().values());
    return tensors.keySet().stream()
        .filter(path -> path.startsWith(set.prefix()) && !own.contains(path))
        .filter(path -> !ignored.test(path.substring(set.prefix().length())))
        .toList();
  }

  /** The longest path in the file that contains all of a set: the beginning of its prefix. */
  String placeOf(WeightSet set) {
    String prefix = inFile(set.prefix());
    for (int dot = prefix.lastIndexOf('.'); dot > 0; dot = prefix.lastIndexOf('.', dot - 1)) {
      if (places.contains(prefix.substring(0, dot))) {
        return prefix.substring(0, dot);
      }
    }
    return "";
  }

  /** The beginning of a path, up to the object that directly holds the tensor. */
  String directoryOf(String path) {
    String held = placeOf(new WeightSet(path));
    return held.isEmpty() || held.length() < key.length() ? "" : held.substring(key.length()) + ".";
  }

  /** How the user can choose a set: {@code key: ema}. */
  String howToChoose(WeightSet set) {
    String place = placeOf(set);
    String prefix = inFile(set.prefix()).substring(place.isEmpty() ? 0 : place.length() + 1);
    String key = place.isEmpty() ? "" : "key: " + MalformedException.quote(place);
    String before = prefix.isEmpty() ? "" : "prefix: " + MalformedException.quote(prefix);
    return key.isEmpty() || before.isEmpty() ? key + before : key + " with " + before;
  }

  /** The places of tensors, without those of optimizers, because no user looks for them. */
  private static String known(StoredWeights weights) {
    WeightPlace all = new WeightPlace(weights, WeightChoice.NONE);
    List<String> known =
        all.tensors.keySet().stream()
            .filter(path -> !path.contains(OPTIMIZER))
            .map(path -> all.placeOf(new WeightSet(path)))
            .distinct()
            .toList();
    return known.stream()
        .map(place -> place.isEmpty() ? "the top" : MalformedException.quote(place))
        .limit(SHOWN)
        .collect(Collectors.joining(", ", "", known.size() > SHOWN ? ", ..." : ""));
  }

  /** A name means a tensor, or a module with everything in it. */
  private static Predicate<String> ignored(List<String> names) {
    List<Predicate<String>> rules =
        names.stream()
            .map(
                name ->
                    List.of(name.split("\\*", -1)).stream()
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")))
            .map(rule -> Pattern.compile(rule + "(\\..*)?", Pattern.DOTALL).asMatchPredicate())
            .toList();
    return name -> rules.stream().anyMatch(rule -> rule.test(name));
  }
}
