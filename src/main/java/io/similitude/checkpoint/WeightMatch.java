package io.similitude.checkpoint;

import io.similitude.input.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Fits the weights of a checkpoint to a network, or names everything that does not fit. */
public final class WeightMatch {
  /** Batch norm's counter of training steps: no evaluation uses it, old checkpoints lack it. */
  private static final String COUNTER = "num_batches_tracked";

  private static final int MOST_NAMED = 5;

  private WeightMatch() {}

  /**
   * The tensors that a network expects, as float32 and in its order; optional ones that the
   * checkpoint lacks are left out. What wrappers put before the names ({@code module.}, {@code
   * _orig_mod.}, {@code model.}) goes where that makes them fit.
   *
   * @throws InputException when parameters are misshapen, missing or unexpected: all of these, in
   *     one line
   */
  public static StateDict require(
      String checkpointId, String fileName, StateDict weights, List<ExpectedTensor> expected) {
    StateDict unwrapped = Prefixes.fit(weights, namesOf(expected));
    List<String> mismatches = mismatches(unwrapped, expected);
    if (!mismatches.isEmpty()) {
      throw new InputException(
          "Cannot load checkpoint "
              + checkpointId
              + " from "
              + fileName
              + ": "
              + String.join("; ", mismatches)
              + " (is it a checkpoint of this architecture, depth, width and number of classes?"
              + NormalizationBuffers.hint(unwrapped, namesOf(expected))
              + ")");
    }
    return inOrder(unwrapped, expected);
  }

  private static List<String> mismatches(StateDict weights, List<ExpectedTensor> expected) {
    List<String> mismatches = new ArrayList<>();
    report(mismatches, "", misshapen(weights, expected));
    report(mismatches, "missing there: ", missing(weights, expected));
    report(mismatches, "unexpected there: ", unexpected(weights, expected));
    return mismatches;
  }

  private static List<String> misshapen(StateDict weights, List<ExpectedTensor> expected) {
    return expected.stream()
        .flatMap(
            wanted ->
                weights
                    .get(wanted.name())
                    .filter(tensor -> !wanted.fits(tensor))
                    .map(wanted::mismatch)
                    .stream())
        .toList();
  }

  private static List<String> missing(StateDict weights, List<ExpectedTensor> expected) {
    return expected.stream()
        .filter(wanted -> !isOptional(wanted) && weights.get(wanted.name()).isEmpty())
        .map(ExpectedTensor::toString)
        .toList();
  }

  private static List<String> unexpected(StateDict weights, List<ExpectedTensor> expected) {
    Set<String> wanted = namesOf(expected);
    return weights.names().stream()
        .filter(name -> !wanted.contains(name) && !isCounter(name))
        .map(name -> name + " " + Arrays.toString(weights.get(name).orElseThrow().shape()))
        .toList();
  }

  private static Set<String> namesOf(List<ExpectedTensor> expected) {
    return expected.stream().map(ExpectedTensor::name).collect(Collectors.toSet());
  }

  private static void report(List<String> mismatches, String kind, List<String> found) {
    if (found.isEmpty()) {
      return;
    }
    String separator = kind.isEmpty() ? "; " : ", ";
    String named = found.stream().limit(MOST_NAMED).collect(Collectors.joining(separator));
    int more = found.size() - MOST_NAMED;
    mismatches.add(kind + named + (more > 0 ? " and " + more + " more" : ""));
  }

  private static StateDict inOrder(StateDict weights, List<ExpectedTensor> expected) {
    Map<String, Tensor> ordered = new LinkedHashMap<>();
    for (ExpectedTensor wanted : expected) {
      weights
          .get(wanted.name())
          .ifPresent(tensor -> ordered.put(wanted.name(), tensor.toFloat32()));
    }
    return new StateDict(ordered);
  }

  private static boolean isOptional(ExpectedTensor wanted) {
    return wanted.isOptional() || isCounter(wanted.name());
  }

  private static boolean isCounter(String name) {
    return name.equals(COUNTER) || name.endsWith("." + COUNTER);
  }
}
