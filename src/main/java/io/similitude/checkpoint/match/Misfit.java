package io.similitude.checkpoint.match;

import static java.util.stream.Collectors.joining;

import io.similitude.checkpoint.tensor.MalformedException;
import io.similitude.checkpoint.tensor.StoredTensor;
import io.similitude.checkpoint.tensor.StoredWeights;
import io.similitude.input.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says in one line why the weights of a file do not fit a network, and what to do. */
final class Misfit {
  private static final int MOST_NAMED = 5;

  private static final String QUESTION =
      "is it a checkpoint of this architecture, depth, width and number of classes?";

  private static final String EXPORT =
      "any other network can be exported: torch.jit.trace(model.eval(),"
          + " images).save(\"network.pt\"), then torchscript: network.pt";

  /**
   * The names that torch's parametrisations, old and new, and its pruning use for the tensors that
   * they keep.
   */
  private static final Pattern PARAMETRISED =
      Pattern.compile(".*(\\.parametrizations\\..*|_(g|v|orig|mask|u)$)");

  private static final Pattern QUANTISED = Pattern.compile(".*(_packed_params|\\.zero_point).*");

  private static final Pattern NUMBER = Pattern.compile("(.*\\.)?\\d+");

  private final String checkpoint;
  private final String file;
  private final StoredWeights weights;
  private final WeightPlace place;
  private final List<ExpectedTensor> expected;

  Misfit(
      String checkpoint,
      String file,
      StoredWeights weights,
      WeightPlace place,
      List<ExpectedTensor> expected) {
    this.checkpoint = checkpoint;
    this.file = file;
    this.weights = weights;
    this.place = place;
    this.expected = expected;
  }

  /** The error for a file without a complete set of weights: the faults of the nearest set. */
  InputException of(WeightSearch search) {
    Optional<WeightSet> nearest = search.nearest();
    Optional<String> special = special();
    if (nearest.isEmpty() && special.isPresent()) {
      return cannotLoad(special.get());
    }
    WeightSet set = nearest.orElseGet(() -> new WeightSet(fullestPlace()));
    List<String> causes = new ArrayList<>();
    report(causes, "", misshapen(set));
    report(causes, "", unreadable(set));
    report(causes, "missing there: ", missing(set, search));
    report(causes, "unexpected there: ", withShapes(set, unexpected(set)));
    if (causes.isEmpty()) {
      causes.add(
          "no weights have the prefix that was chosen, but " + place.howToChoose(set) + " fits");
    }
    return cannotLoad(
        String.join("; ", causes)
            + " ("
            + special.map(why -> why + "; ").orElse("")
            + QUESTION
            + " "
            + EXPORT
            + ")");
  }

  InputException because(List<String> causes) {
    List<String> reported = new ArrayList<>();
    report(reported, "", causes);
    return cannotLoad(String.join("; ", reported) + " (" + QUESTION + ")");
  }

  InputException ambiguous(List<WeightSet> sets, WeightPlace place) {
    List<WeightSet> shown = sets.subList(0, Math.min(sets.size(), MOST_NAMED));
    String more = sets.size() > shown.size() ? ", ..." : "";
    String names =
        shown.stream()
            .map(set -> set.prefix().isEmpty() ? "at the top" : "under " + beginning(place, set))
            .collect(joining(", ", "", more));
    String choices =
        shown.stream()
            .map(set -> set.prefix().isEmpty() ? ignoring(place, shown) : place.howToChoose(set))
            .collect(joining(", or ", "", more));
    return cannotLoad(
        sets.size()
            + " sets of weights in it fit the network and differ: "
            + names
            + " (choose one: "
            + choices
            + ")");
  }

  private static String beginning(WeightPlace place, WeightSet set) {
    return MalformedException.quote(place.inFile(set.prefix()).replaceFirst("\\.$", ""));
  }

  private static String ignoring(WeightPlace place, List<WeightSet> sets) {
    return sets.stream()
        .filter(set -> !set.prefix().isEmpty())
        .map(set -> beginning(place, set))
        .collect(joining(", ", "ignore: [", "]"));
  }

  InputException unexpected(WeightSet set, List<String> paths, Optional<String> normaliser) {
    List<String> causes = new ArrayList<>();
    report(causes, "unexpected there: ", withShapes(set, paths));
    normaliser.filter(why -> paths.isEmpty()).ifPresent(causes::add);
    String ways =
        expected.isEmpty()
            ? "the network is frozen, its weights are constants of its program: export it without"
                + " torch.jit.freeze and torch.jit.optimize_for_inference"
            : paths.isEmpty()
                ? ""
                : QUESTION + " if the network does not need them, leave them out with ignore:";
    return cannotLoad(
        String.join("; ", causes)
            + normaliser
                .map(why -> paths.isEmpty() ? "" : " (" + ways + " " + why + ")")
                .orElse(" (" + ways + ")"));
  }

  private InputException cannotLoad(String why) {
    return new InputException(
        "Cannot load checkpoint " + checkpoint + " from " + file + ": " + why);
  }

  private List<String> misshapen(WeightSet set) {
    return expected.stream()
        .filter(wanted -> set.paths().containsKey(wanted.name()))
        .filter(wanted -> wanted.refusal(tensor(set, wanted)).isEmpty())
        .filter(wanted -> !wanted.fits(tensor(set, wanted)))
        .map(wanted -> wanted.mismatch(tensor(set, wanted)))
        .toList();
  }

  private List<String> unreadable(WeightSet set) {
    Set<String> reasons = new LinkedHashSet<>();
    List<String> told = new ArrayList<>();
    for (ExpectedTensor wanted : expected) {
      if (set.paths().containsKey(wanted.name())) {
        wanted
            .refusal(tensor(set, wanted))
            .filter(reasons::add)
            .ifPresent(why -> told.add("parameter " + wanted.name() + " " + why));
      }
    }
    return told;
  }

  private StoredTensor tensor(WeightSet set, ExpectedTensor wanted) {
    return place.tensors().get(set.paths().get(wanted.name()));
  }

  private static List<String> missing(WeightSet set, WeightSearch search) {
    return search.required().stream()
        .filter(wanted -> !set.paths().containsKey(wanted.name()))
        .map(ExpectedTensor::toString)
        .toList();
  }

  private List<String> unexpected(WeightSet set) {
    return place.beside(set).stream().filter(path -> !WeightMatch.isCounter(path)).toList();
  }

  private List<String> withShapes(WeightSet set, List<String> paths) {
    return paths.stream()
        .map(
            path ->
                MalformedException.quote(path.substring(set.prefix().length()))
                    + " "
                    + Arrays.toString(place.tensors().get(path).shape()))
        .toList();
  }

  /** Recognises weights that fit the names of no network, and says what to do. */
  private Optional<String> special() {
    Set<String> paths = place.tensors().keySet();
    if (paths.isEmpty()) {
      return Optional.empty();
    }
    if (paths.stream().allMatch(path -> NUMBER.matcher(path).matches())) {
      return Optional.of(
          "its %d weights are a list without names (save them with names: torch.save(model"
                  .formatted(paths.size())
              + ".state_dict(), ...))");
    }
    if (place.tensors().values().stream().anyMatch(Misfit::isQuantised)
        || paths.stream().anyMatch(path -> QUANTISED.matcher(path).matches())) {
      return Optional.of("its weights are quantised: save them before they are quantised");
    }
    if (paths.stream().anyMatch(path -> PARAMETRISED.matcher(path).matches())) {
      return Optional.of(
          "its weights are parametrised (weight_norm, spectral_norm, pruning): call"
              + " torch.nn.utils.parametrize.remove_parametrizations, remove_weight_norm,"
              + " remove_spectral_norm or prune.remove and save them again");
    }
    return Optional.of(weights.description()).filter(what -> !what.isEmpty());
  }

  private static boolean isQuantised(StoredTensor tensor) {
    return tensor.refusal().filter(why -> why.contains("quantised")).isPresent();
  }

  /** The path prefix of the place that holds most tensors. */
  private String fullestPlace() {
    Map<String, Long> counts =
        place.tensors().keySet().stream()
            .collect(
                Collectors.groupingBy(
                    place::directoryOf, LinkedHashMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse("");
  }

  static String list(List<String> found) {
    int more = found.size() - MOST_NAMED;
    return found.stream().limit(MOST_NAMED).map(MalformedException::quote).collect(joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static void report(List<String> causes, String kind, List<String> found) {
    if (found.isEmpty()) {
      return;
    }
    String separator = kind.isEmpty() ? "; " : ", ";
    String named = found.stream().limit(MOST_NAMED).collect(joining(separator));
    int more = found.size() - MOST_NAMED;
    causes.add(kind + named + (more > 0 ? " and " + more + " more" : ""));
  }
}
