package io.similitude.checkpoint;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

  /** The way out where a checkpoint normalises and the network does not; else nothing. */
  static String hint(StateDict weights, Set<String> expected) {
    return PAIRS.stream()
        .filter(pair -> !expected.contains(pair.mean()))
        .map(pair -> pair.in(weights))
        .flatMap(Optional::stream)
        .map(normalize -> " it normalises its input: give the network normalize: " + normalize)
        .collect(joining());
  }

  private record Pair(String mean, String std) {
    Optional<String> in(StateDict weights) {
      return weights
          .get(mean)
          .flatMap(
              m ->
                  weights
                      .get(std)
                      .filter(s -> s.elements() == m.elements() && m.elements() <= MOST_CHANNELS)
                      .map(s -> "{mean: %s, std: %s}".formatted(values(m), values(s))));
    }

    private static String values(Tensor tensor) {
      return Arrays.toString(tensor.toFloats());
    }
  }
}
