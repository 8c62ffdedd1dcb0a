package io.similitude.training;

import io.similitude.attack.Attack;
import io.similitude.attack.search.RandomSource;
import io.similitude.checkpoint.script.ArchiveWriter;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.dataset.Dataset;
import io.similitude.dataset.Examples;
import io.similitude.network.Classifier;
import io.similitude.network.Network;
import io.similitude.program.Program;
import io.similitude.program.Taps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Measures the accuracy of a network in training, in evaluation mode. Owns native memory. */
public final class Evaluation implements AutoCloseable {
  /** The number of examples in one pass on a GPU. */
  private static final int GPU_PASS = 512;

  private final Network network;
  private final int pass;

  private Evaluation(Network network, int pass) {
    this.network = network;
    this.pass = pass;
  }

  /** Loads the current weights. */
  public static Evaluation load(Program program, StateDict weights, Optional<Integer> gpu)
      throws IOException {
    Path archive = Files.createTempFile("similitude-evaluation", ".pt");
    try {
      ArchiveWriter.write(archive, program.module(Taps.NONE, weights));
      return new Evaluation(
          Network.load(archive, gpu), gpu.isPresent() ? GPU_PASS : program.examplesInGradient());
    } finally {
      Files.delete(archive);
    }
  }

  /**
   * The result of an evaluation.
   *
   * @param loss the mean cross-entropy
   */
  public record Outcome(double loss, double accuracy, long examples) {}

  /**
   * Shows examples to the network and measures the result.
   *
   * @param attack the attack that perturbs the examples; empty: they are not perturbed
   * @param random the random source of the attack
   */
  public Outcome of(Dataset dataset, long[] ids, Optional<Attack> attack, RandomSource random) {
    double loss = 0;
    long right = 0;
    for (int from = 0; from < ids.length; from += pass) {
      long[] some = Arrays.copyOfRange(ids, from, Math.min(ids.length, from + pass));
      Examples examples = dataset.read(some);
      Examples shown =
          attack.map(it -> it.perturb(network, examples, random, pass).examples()).orElse(examples);
      float[][] logits = network.logits(shown);
      int[] labels = examples.labels().orElseThrow();
      for (int i = 0; i < labels.length; i++) {
        loss += crossEntropy(logits[i], labels[i]);
        right += Classifier.predicted(logits[i]) == labels[i] ? 1 : 0;
      }
    }
    return new Outcome(loss / ids.length, right / (double) ids.length, ids.length);
  }

  @Override
  public void close() {
    network.close();
  }

  /**
   * The logarithm of the sum of exp(z_i - z_label). The largest logit is subtracted first, so that
   * no exponential overflows.
   */
  private static double crossEntropy(float[] logits, int label) {
    double largest = logits[Classifier.predicted(logits)];
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - largest);
    }
    return largest + Math.log(sum) - logits[label];
  }
}
