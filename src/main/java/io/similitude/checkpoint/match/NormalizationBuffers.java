package io.similitude.checkpoint.match;

import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.StoredTensor;
import io.similitude.checkpoint.tensor.StoredWeights;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.spec.Normalization;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the mean and the deviation in checkpoints of networks that normalise their own input:
 * {@code mu} and {@code sigma} in RobustBench's CIFAR networks, {@code mean} and {@code std} in
 * DeepMind's, {@code normalize.mean} and {@code normalize.std} in RobustBench's ImageNet networks.
 */
public final class NormalizationBuffers {
  private static final List<Pair> PAIRS =
      List.of(
          new Pair("mu", "sigma"),
          new Pair("mean", "std"),
          new Pair("normalize.mean", "normalize.std"));

  /** The names in modules, such as those of the libraries robustness and advertorch. */
  private static final List<Pair> NAMES =
      List.of(
          new Pair("mu", "sigma"),
          new Pair("mean", "std"),
          new Pair("new_mean", "new_std"),
          new Pair("_mean", "_std"));

  /**
   * The largest number of channels. A longer tensor of that name is something else, because images
   * have no more channels.
   */
  private static final int MOST_CHANNELS = 4;

  private NormalizationBuffers() {}

  /**
   * The tensors that a checkpoint may hold besides the weights of a network that normalises by
   * these values.
   */
  public static List<ExpectedTensor> expected(float[] mean, float[] std) {
    List<ExpectedTensor> expected = new ArrayList<>();
    for (Pair pair : PAIRS) {
      expected.add(ExpectedTensor.constant(pair.mean(), mean));
      expected.add(ExpectedTensor.constant(pair.std(), std));
    }
    return expected;
  }

  /**
   * The mean and the deviation next to a set of weights; empty if there are none, or if they are
   * among the network's own weights.
   */
  static Optional<Beside> beside(
      WeightSet set, WeightPlace place, StoredWeights weights, List<ExpectedTensor> expected)
      throws IOException {
    if (expected.stream().anyMatch(wanted -> isMean(wanted) && !wanted.isConstant())) {
      return Optional.empty();
    }
    String where = place.placeOf(set);
    for (String path : place.tensors().keySet()) {
      if (!place.inFile(path).startsWith(where.isEmpty() ? "" : where + ".")) {
        continue;
      }
      for (Pair pair : NAMES) {
        Optional<Beside> found = pair.at(path, place, weights);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** A mean and a deviation in a file. */
  record Beside(Tensor mean, Tensor std) {
    Normalization normalization() {
      return new Normalization(Normalization.Source.CHECKPOINT, numbers(mean), numbers(std));
    }

    /** Describes how they differ from those that a network has as constants, if they differ. */
    List<String> disagreements(List<ExpectedTensor> expected) {
      List<String> different = new ArrayList<>();
      for (ExpectedTensor wanted : expected) {
        if (wanted.isConstant() && different.isEmpty()) {
          Tensor there = isMean(wanted) ? mean : std;
          if (!wanted.agrees(there)) {
            different.add(wanted.disagreement(there));
          }
        }
      }
      return different;
    }

    /** The shortest decimal numbers for these float32 values. */
    private static List<Double> numbers(Tensor tensor) {
      List<Double> numbers = new ArrayList<>();
      for (float value : tensor.toFloats()) {
        numbers.add(Double.valueOf(Float.toString(value)));
      }
      return numbers;
    }
  }

  private static boolean isMean(ExpectedTensor wanted) {
    String name = wanted.name().substring(wanted.name().lastIndexOf('.') + 1);
    return NAMES.stream().anyMatch(pair -> pair.mean().equals(name));
  }

  private record Pair(String mean, String std) {
    /** The normalisation whose mean is at a path, unless it changes nothing. */
    Optional<Beside> at(String path, WeightPlace place, StoredWeights weights) throws IOException {
      String module = path.substring(0, path.length() - Math.min(mean.length(), path.length()));
      String other = module + std;
      if (!path.equals(module + mean)
          || !(module.isEmpty() || module.endsWith("."))
          || !isFewNumbers(place.tensors().get(path))
          || !isFewNumbers(place.tensors().get(other))) {
        return Optional.empty();
      }
      StateDict both = weights.read(Map.of("mean", place.inFile(path), "std", place.inFile(other)));
      Beside found = new Beside(both.get("mean").orElseThrow(), both.get("std").orElseThrow());
      return isNormalization(found.mean().toFloats(), found.std().toFloats())
          ? Optional.of(found)
          : Optional.empty();
    }

    private static boolean isFewNumbers(StoredTensor tensor) {
      if (tensor == null || tensor.refusal().isPresent()) {
        return false;
      }
      long elements = Arrays.stream(tensor.shape()).reduce(1, (a, b) -> a * b);
      return elements >= 1 && elements <= MOST_CHANNELS;
    }

    /** Whether these numbers can be used to normalise and change something. */
    private static boolean isNormalization(float[] means, float[] stds) {
      boolean changes = false;
      for (int i = 0; i < means.length && means.length == stds.length; i++) {
        if (!(Float.isFinite(means[i]) && stds[i] > 0 && Float.isFinite(stds[i]))) {
          return false;
        }
        changes |= means[i] != 0 || stds[i] != 1;
      }
      return changes;
    }
  }
}
