package io.similitude.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.dataset.Examples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gradients by the input, of built-in networks and of exported ones. */
final class InputGradientTest {
  /** Float32 through the network and back, in another order of operations than PyTorch 1.13's. */
  private static final double SAME = 1e-5;

  private static final int ROUNDS = 6;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void isPyTorchsForEveryExample(ReferenceNetwork reference) throws Exception {
    try (Network network = reference.load(folder)) {
      float[] actual = gradient(network, reference.examples());
      float[] expected = reference.inputGradient();

      assertThat(actual).hasSameSizeAs(expected);
      int size = reference.examples().shape().size();
      for (int from = 0; from < expected.length; from += size) {
        double difference = 0;
        double length = 0;
        for (int i = from; i < from + size; i++) {
          difference += Math.pow((double) actual[i] - expected[i], 2);
          length += Math.pow(expected[i], 2);
        }
        assertThat(Math.sqrt(difference / length)).isLessThan(SAME);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavesTheNetworkAsItWas(ReferenceNetwork reference) throws Exception {
    try (Network network = reference.load(folder)) {
      float[][] before = network.logits(reference.examples());

      gradient(network, reference.examples());

      // To the bit: new weights, or new statistics of batch norm, would show.
      assertThat(network.logits(reference.examples())).isDeepEqualTo(before);
    }
  }

  @Test
  void ofDifferentNetworksAtOnceAreThoseOfOneAfterTheOther() throws Exception {
    Map<ReferenceNetwork, Network> networks = new EnumMap<>(ReferenceNetwork.class);
    ExecutorService threads = Executors.newFixedThreadPool(ReferenceNetwork.values().length);
    try {
      List<float[]> alone = new ArrayList<>();
      List<Callable<float[]>> work = new ArrayList<>();
      for (ReferenceNetwork reference : ReferenceNetwork.values()) {
        Network network = reference.load(folder);
        networks.put(reference, network);
        alone.add(gradient(network, reference.examples()));
        work.add(() -> gradient(network, reference.examples()));
      }
      List<Callable<float[]>> rounds = new ArrayList<>();
      for (int i = 0; i < ROUNDS; i++) {
        rounds.addAll(work);
      }
      List<Future<float[]>> together = threads.invokeAll(rounds);
      for (int i = 0; i < together.size(); i++) {
        assertThat(together.get(i).get()).isEqualTo(alone.get(i % alone.size()));
      }
    } finally {
      threads.shutdown();
      networks.values().forEach(Network::close);
    }
  }

  private static float[] gradient(Network network, Examples examples) {
    return network
        .inputGradient(examples, logits -> crossEntropy(logits, examples.labels().orElseThrow()))
        .pixels();
  }

  /** The gradient of the mean cross-entropy by the logits: softmax less one-hot, over N. */
  private static float[][] crossEntropy(float[][] logits, int[] labels) {
    float[][] gradient = new float[logits.length][logits[0].length];
    for (int i = 0; i < logits.length; i++) {
      double sum = 0;
      for (float logit : logits[i]) {
        sum += Math.exp(logit);
      }
      for (int c = 0; c < gradient[i].length; c++) {
        double oneHot = c == labels[i] ? 1 : 0;
        gradient[i][c] = (float) ((Math.exp(logits[i][c]) / sum - oneHot) / logits.length);
      }
    }
    return gradient;
  }
}
