package io.similitude.attack;

import io.similitude.attack.search.CrossEntropy;
import io.similitude.attack.search.L1Ball;
import io.similitude.attack.search.L2Ball;
import io.similitude.attack.search.Norm;
import io.similitude.attack.search.RandomSource;
import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import io.similitude.network.Classifier;
import io.similitude.spec.AttackSpec;
import io.similitude.spec.ViewSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;

/** Attacks as a sweep makes them, on examples made up here. */
final class Trial {
  static final ImageShape SHAPE = new ImageShape(3, 16, 16);
  static final int CLASSES = 5;

  private Trial() {}

  /** A view with an attack: its name, then its parameters' names and values in turn. */
  static ViewSpec view(String attack, Object... parameters) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      map.put((String) parameters[i], parameters[i + 1]);
    }
    return new ViewSpec("v", Optional.of(new AttackSpec(attack, map)), Optional.empty(), false);
  }

  static Examples perturb(Classifier network, Examples batch, String attack, Object... parameters) {
    return perturb(network, batch, batch.count(), attack, parameters);
  }

  static Perturbed perturbed(
      Classifier network, Examples batch, String attack, Object... parameters) {
    return Attacks.create(view(attack, parameters))
        .perturb(network, batch, RandomSource.of(7, "checkpoint", "v"), batch.count());
  }

  static Examples perturb(
      Classifier network, Examples batch, int microBatch, String attack, Object... parameters) {
    return Attacks.create(view(attack, parameters))
        .perturb(network, batch, RandomSource.of(7, "checkpoint", "v"), microBatch)
        .examples();
  }

  static TinyNetwork network(long seed) {
    return new TinyNetwork(SHAPE.size(), CLASSES, seed);
  }

  /**
   * Random images, some of their pixels at the ends of [0, 1], labelled as the network has them.
   */
  static Examples examples(int count, long seed, Classifier network) {
    Random random = new Random(seed);
    float[] pixels = new float[count * SHAPE.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Math.min(1, Math.max(0, 1.4f * random.nextFloat() - 0.2f));
    }
    Examples unlabelled =
        new Examples(LongStream.range(0, count).toArray(), SHAPE, pixels, Optional.empty());
    int[] labels = new int[count];
    float[][] logits = network.logits(unlabelled);
    for (int i = 0; i < count; i++) {
      labels[i] = Classifier.predicted(logits[i]);
    }
    return new Examples(unlabelled.ids(), SHAPE, pixels, Optional.of(labels));
  }

  /** The part of the examples that the network predicts as labelled. */
  static double accuracy(Classifier network, Examples examples) {
    float[][] logits = network.logits(examples);
    int right = 0;
    for (int i = 0; i < logits.length; i++) {
      right += Classifier.predicted(logits[i]) == examples.labels().orElseThrow()[i] ? 1 : 0;
    }
    return right / (double) logits.length;
  }

  /** The mean cross-entropy. */
  static double loss(Classifier network, Examples examples) {
    float[][] logits = network.logits(examples);
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      sum += CrossEntropy.awayFrom(examples.labels().orElseThrow()[i]).value(logits[i]);
    }
    return sum / logits.length;
  }

  /** How one example was changed. */
  static float[] change(Examples before, Examples after, int example) {
    int size = before.shape().size();
    float[] change = new float[size];
    for (int i = 0; i < size; i++) {
      change[i] = after.pixels()[example * size + i] - before.pixels()[example * size + i];
    }
    return change;
  }

  static double length(float[] change, Norm norm) {
    return switch (norm) {
      case LINF -> {
        double largest = 0;
        for (float value : change) {
          largest = Math.max(largest, Math.abs(value));
        }
        yield largest;
      }
      case L2 -> L2Ball.norm(change);
      case L1 -> L1Ball.norm(change);
    };
  }
}
