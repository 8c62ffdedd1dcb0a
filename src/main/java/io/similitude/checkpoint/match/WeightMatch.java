package io.similitude.checkpoint.match;

import io.similitude.checkpoint.format.CheckpointReader;
import io.similitude.checkpoint.format.WeightsFile;
import io.similitude.checkpoint.tensor.MalformedException;
import io.similitude.checkpoint.tensor.ReadWeights;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.StoredTensor;
import io.similitude.checkpoint.tensor.StoredWeights;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.input.InputException;
import io.similitude.spec.Normalization;
import io.similitude.spec.WeightChoice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Matches the weights of a checkpoint to a network, by names and shapes. If they do not fit, one
 * line says everything that is wrong. A complete set of weights is found at any place in the file.
 * If there are two sets with different numbers, the user must choose one.
 */
public final class WeightMatch {
  private static final Logger LOG = LoggerFactory.getLogger(WeightMatch.class);

  /**
   * Batch norm's counter of training steps. Evaluation does not use it, and old checkpoints do not
   * have it.
   */
  private static final String COUNTER = "num_batches_tracked";

  private final String checkpoint;
  private final String file;
  private final StoredWeights weights;
  private final WeightPlace place;
  private final List<ExpectedTensor> expected;

  private WeightMatch(
      String checkpoint,
      String file,
      StoredWeights weights,
      WeightChoice choice,
      List<ExpectedTensor> expected)
      throws MalformedException {
    this.checkpoint = checkpoint;
    this.file = file;
    this.weights = weights;
    this.place = WeightPlace.of(weights, choice);
    this.expected = expected;
  }

  /**
   * Reads the tensors that a network expects, as float32 and in its order. Optional tensors that
   * the checkpoint lacks are left out.
   *
   * @throws InputException when the file cannot be read, or no set of weights in it fits, or
   *     several do; the message is one line
   */
  public static StateDict require(
      String checkpointId, WeightsFile file, List<ExpectedTensor> expected) {
    return CheckpointReader.withTensors(
        file,
        weights ->
            new WeightMatch(checkpointId, file.name(), weights, file.choice(), expected).read());
  }

  /** As {@link #require(String, WeightsFile, List)}, for weights that have been read. */
  public static StateDict require(
      String checkpointId, String fileName, StateDict weights, List<ExpectedTensor> expected) {
    try {
      StoredWeights read = new ReadWeights(weights);
      return new WeightMatch(checkpointId, fileName, read, WeightChoice.NONE, expected).read();
    } catch (IOException e) {
      throw new InputException(
          "Cannot read checkpoint " + fileName + ": " + CheckpointReader.reason(e), e);
    }
  }

  /**
   * Checks that the weights of a file fit a network, from its headers alone. Also finds the mean
   * and the deviation next to them. The weights are read only if two sets fit, to see whether they
   * are equal.
   *
   * @return the normalisation of the saved network; empty if the file has none
   * @throws InputException as {@link #require(String, WeightsFile, List)}
   */
  public static Optional<Normalization> check(
      String checkpointId, WeightsFile file, List<ExpectedTensor> expected) {
    return CheckpointReader.withTensors(
            file,
            weights ->
                new WeightMatch(checkpointId, file.name(), weights, file.choice(), expected)
                    .beside())
        .map(NormalizationBuffers.Beside::normalization);
  }

  /** As {@link #check(String, WeightsFile, List)}, for weights that have been read. */
  public static Optional<Normalization> check(
      String checkpointId, String fileName, StateDict weights, List<ExpectedTensor> expected) {
    try {
      StoredWeights read = new ReadWeights(weights);
      return new WeightMatch(checkpointId, fileName, read, WeightChoice.NONE, expected)
          .beside()
          .map(NormalizationBuffers.Beside::normalization);
    } catch (IOException e) {
      throw new InputException(
          "Cannot read checkpoint " + fileName + ": " + CheckpointReader.reason(e), e);
    }
  }

  /** Advice on a normalisation in the file if the network has none. */
  private Optional<String> normaliser(WeightSet set) throws IOException {
    if (expected.stream().anyMatch(ExpectedTensor::isConstant)) {
      return Optional.empty();
    }
    return NormalizationBuffers.beside(set, place, weights, expected)
        .map(
            found ->
                "it normalises its input: give the network normalize: " + found.normalization());
  }

  /** The normalisation in the file. It agrees with that of the network, if the network has one. */
  private Optional<NormalizationBuffers.Beside> beside() throws IOException {
    Optional<NormalizationBuffers.Beside> beside =
        NormalizationBuffers.beside(chosen(), place, weights, expected);
    if (beside.isPresent()) {
      List<String> others = beside.get().disagreements(expected);
      if (!others.isEmpty()) {
        throw misfit().because(others);
      }
    }
    return beside;
  }

  private StateDict read() throws IOException {
    WeightSet set = chosen();
    Optional<String> normaliser = normaliser(set);
    if (normaliser.isPresent()) {
      throw misfit().unexpected(set, List.of(), normaliser);
    }
    StateDict read = weights.read(inFile(set.paths()));
    List<String> others =
        expected.stream()
            .flatMap(
                wanted ->
                    read
                        .get(wanted.name())
                        .filter(tensor -> !wanted.agrees(tensor))
                        .map(wanted::disagreement)
                        .stream())
            .toList();
    if (!others.isEmpty()) {
      throw misfit().because(others);
    }
    tellWhatIsKept(read);
    Map<String, Tensor> ordered = new LinkedHashMap<>();
    for (ExpectedTensor wanted : expected) {
      read.get(wanted.name()).ifPresent(tensor -> ordered.put(wanted.name(), tensor.toFloat32()));
    }
    return new StateDict(ordered);
  }

  private void tellWhatIsKept(StateDict read) {
    List<String> kept =
        expected.stream()
            .filter(ExpectedTensor::hasOwnValue)
            .map(ExpectedTensor::name)
            .filter(name -> read.get(name).isEmpty() && !isCounter(name))
            .toList();
    if (!kept.isEmpty()) {
      LOG.info(
          "Checkpoint {}: {} has no {}, which the network has: its own values are kept",
          checkpoint,
          file,
          Misfit.list(kept));
    }
  }

  /**
   * The only complete set of weights. There are no tensors next to it that the network should know.
   */
  private WeightSet chosen() throws IOException {
    WeightSearch search = new WeightSearch(place.tensors(), expected);
    if (search.required().isEmpty()) {
      return chosenOfOptional(search);
    }
    List<WeightSet> complete = place.choose(search.complete());
    if (complete.isEmpty()) {
      throw misfit().of(search);
    }
    requireSame(complete, search);
    WeightSet set = complete.get(0);
    requireNothingElse(set);
    return set;
  }

  private WeightSet chosenOfOptional(WeightSearch search) throws IOException {
    WeightSet set =
        search.found().stream()
            .max(
                Comparator.<WeightSet>comparingInt(found -> found.paths().size())
                    .thenComparing(found -> -found.prefix().length()))
            .orElseGet(() -> new WeightSet(""));
    requireNothingElse(set);
    return set;
  }

  private void requireSame(List<WeightSet> sets, WeightSearch search) throws IOException {
    for (WeightSet other : sets.subList(1, sets.size())) {
      if (!isSame(sets.get(0), other, search)) {
        throw misfit().ambiguous(sets, place);
      }
    }
  }

  private boolean isSame(WeightSet one, WeightSet other, WeightSearch search) throws IOException {
    List<String> left = one.pathsOf(search.required());
    List<String> right = other.pathsOf(search.required());
    Map<String, String> differing = new LinkedHashMap<>();
    for (int i = 0; i < left.size(); i++) {
      StoredTensor tensor = place.tensors().get(left.get(i));
      if (!tensor.memory().equals(place.tensors().get(right.get(i)).memory())) {
        differing.put(left.get(i), right.get(i));
      }
    }
    for (Map.Entry<String, String> pair : differing.entrySet()) {
      StateDict both = weights.read(inFile(Map.of("a", pair.getKey(), "b", pair.getValue())));
      ByteBuffer bytes = both.get("a").orElseThrow().bytes();
      if (!bytes.equals(both.get("b").orElseThrow().bytes())) {
        return false;
      }
    }
    return true;
  }

  /** Refuses a set if the same module has other weights that the network does not know. */
  private void requireNothingElse(WeightSet set) throws IOException {
    Set<String> families =
        expected.stream().map(wanted -> family(wanted.name())).collect(Collectors.toSet());
    List<String> unexpected = new ArrayList<>();
    List<String> foreign = new ArrayList<>();
    for (String path : place.beside(set)) {
      String name = path.substring(set.prefix().length());
      if (expected.isEmpty() || families.contains(family(name))) {
        unexpected.add(path);
      } else {
        foreign.add(name);
      }
    }
    unexpected.removeIf(path -> isCounter(path));
    foreign.removeIf(WeightMatch::isCounter);
    if (!unexpected.isEmpty()) {
      throw misfit().unexpected(set, unexpected, normaliser(set));
    }
    if (!foreign.isEmpty()) {
      LOG.info(
          "Checkpoint {}: the network has no part for {} of {}, which are left out",
          checkpoint,
          Misfit.list(foreign),
          file);
    }
  }

  /**
   * The common name of modules that differ only by numbers: {@code layer} for {@code layer4.1.bn1}.
   */
  private static String family(String name) {
    return name.split("[^A-Za-z]", 2)[0];
  }

  private Map<String, String> inFile(Map<String, String> paths) {
    Map<String, String> inFile = new LinkedHashMap<>();
    paths.forEach((name, path) -> inFile.put(name, place.inFile(path)));
    return inFile;
  }

  private Misfit misfit() {
    return new Misfit(checkpoint, file, weights, place, expected);
  }

  static boolean isOptional(ExpectedTensor wanted) {
    return wanted.isOptional() || isCounter(wanted.name());
  }

  static boolean isCounter(String name) {
    return name.equals(COUNTER) || name.endsWith("." + COUNTER);
  }
}
