package io.similitude.checkpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where checkpoints of networks that normalise their own input keep its mean and deviation: {@code
 * mu} and {@code sigma} in RobustBench's CIFAR networks, {@code mean} and {@code std} in
 * DeepMind's, {@code normalize.mean} and {@code normalize.std} in RobustBench's ImageNet networks.
 */
public final class NormalizationBuffers {
  private static final List<Pair> PAIRS =
      List.of(
          new Pair("mu", "sigma"),
          new Pair("mean", "std"),
          new Pair("normalize.mean", "normalize.std"));

  /** What modules call them; the libraries robustness and advertorch among others. */
  private static final List<Pair> NAMES =
      List.of(
          new Pair("mu", "sigma"),
          new Pair("mean", "std"),
          new Pair("new_mean", "new_std"),
          new Pair("_mean", "_std"));

  /** Images have no more; what has, is something else of that name. */
  private static final int MOST_CHANNELS = 4;

  private NormalizationBuffers() {}

  /** What a checkpoint may hold besides the weights of a network that normalises by these. */
  public static List<ExpectedTensor> expected(float[] mean, float[] std) {
    List<ExpectedTensor> expected = new ArrayList<>();
    for (Pair pair : PAIRS) {
      expected.add(ExpectedTensor.constant(pair.mean(), mean));
      expected.add(ExpectedTensor.constant(pair.std(), std));
    }
    return expected;
  }

  /**
   * What beside a set of weights says that the network normalises its input, where the network here
   * does not: the way out.
   */
  static Optional<String> beside(
      WeightSet set, WeightPlace place, StoredWeights weights, List<ExpectedTensor> expected)
      throws IOException {
    if (expected.stream().anyMatch(NormalizationBuffers::isMean)) {
      return Optional.empty();
    }
    String where = place.placeOf(set);
    for (String path : place.tensors().keySet()) {
      if (!place.inFile(path).startsWith(where.isEmpty() ? "" : where + ".")) {
        continue;
      }
      for (Pair pair : NAMES) {
        Optional<String> found = pair.at(path, place, weights);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isMean(ExpectedTensor wanted) {
    String name = wanted.name().substring(wanted.name().lastIndexOf('.') + 1);
    return NAMES.stream().anyMatch(pair -> pair.mean().equals(name));
  }

  private record Pair(String mean, String std) {
    /** The normalisation whose mean lies at a path, unless it changes nothing. */
    Optional<String> at(String path, WeightPlace place, StoredWeights weights) throws IOException {
      String module = path.substring(0, path.length() - Math.min(mean.length(), path.length()));
      String other = module + std;
      if (!path.equals(module + mean)
          || !(module.isEmpty() || module.endsWith("."))
          || !isFewNumbers(place.tensors().get(path))
          || !isFewNumbers(place.tensors().get(other))) {
        return Optional.empty();
      }
      StateDict both = weights.read(Map.of("mean", place.inFile(path), "std", place.inFile(other)));
      float[] means = both.get("mean").orElseThrow().toFloats();
      float[] stds = both.get("std").orElseThrow().toFloats();
      return means.length != stds.length || isIdentity(means, stds)
          ? Optional.empty()
          : Optional.of(
              "it normalises its input: give the network normalize: {mean: %s, std: %s}"
                  .formatted(Arrays.toString(means), Arrays.toString(stds)));
    }

    private static boolean isFewNumbers(StoredTensor tensor) {
      if (tensor == null || tensor.refusal().isPresent()) {
        return false;
      }
      long elements = Arrays.stream(tensor.shape()).reduce(1, (a, b) -> a * b);
      return elements >= 1 && elements <= MOST_CHANNELS;
    }

    private static boolean isIdentity(float[] means, float[] stds) {
      for (int i = 0; i < means.length; i++) {
        if (means[i] != 0 || stds[i] != 1) {
          return false;
        }
      }
      return true;
    }
  }
}
