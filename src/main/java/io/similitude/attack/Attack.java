package io.similitude.attack;

import io.similitude.attack.search.AttackCost;
import io.similitude.attack.search.AttackMethod;
import io.similitude.attack.search.RandomSource;
import io.similitude.attack.search.Search;
import io.similitude.attack.search.Subject;
import io.similitude.dataset.Examples;
import io.similitude.input.InputException;
import io.similitude.network.Classifier;
import io.similitude.network.InputGradient;
import io.similitude.spec.key.Fingerprinted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An attack with its parameters, ready to perturb. {@link Attacks} creates it. It is safe for use
 * by many threads.
 */
public final class Attack implements Fingerprinted {
  private static final float[] NO_GRADIENT = {};

  private final AttackMethod.WithParameters model;
  private final String fingerprint;

  /**
   * @param fingerprint of the attack's name and of the values of its parameters, including those
   *     that the spec leaves out
   */
  Attack(AttackMethod.WithParameters model, String fingerprint) {
    this.model = model;
    this.fingerprint = fingerprint;
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  /** Whether the attack uses the examples' labels. Then they must have labels. */
  public boolean usesLabels() {
    return model.usesLabels();
  }

  /** The most that the attack costs for one example. */
  public AttackCost cost() {
    return model.cost();
  }

  /**
   * Perturbs a batch against a network. The result for an example depends on that example, the
   * network and the random source. It does not depend on the rest of the batch or on its size,
   * except for the last digits of float32: libtorch rounds them differently for batches of
   * different sizes.
   *
   * @param network in evaluation mode; it is not changed
   * @param batch pixels in [0, 1]
   * @param microBatch most examples in one pass through the network
   * @return the same examples, ids and labels, with perturbed pixels in [0, 1]; an example for
   *     which the network's logits are not finite is not changed
   * @throws InputException if the pixels are not in [0, 1], or labels are missing or unknown to the
   *     network
   */
  public Perturbed perturb(
      Classifier network, Examples batch, RandomSource random, int microBatch) {
    check(batch);
    List<Dialogue> all = new ArrayList<>();
    for (int i = 0; i < batch.count(); i++) {
      Subject subject = subject(batch, i);
      Search search = model.search(subject, random.example(batch.ids()[i]));
      all.add(new Dialogue(batch.ids()[i], search, subject.pixels()));
    }
    List<Dialogue> open = open(all);
    while (!open.isEmpty()) {
      // One pass has only searches that need gradients, or only searches that need none.
      boolean gradients = open.get(0).wantsGradient();
      List<Dialogue> alike = open.stream().filter(one -> one.wantsGradient() == gradients).toList();
      look(network, batch, alike.subList(0, Math.min(microBatch, alike.size())), gradients);
      open = open(all);
    }
    return perturbed(batch, all);
  }

  private static void look(
      Classifier network, Examples batch, List<Dialogue> asked, boolean gradients) {
    Examples shown = shown(batch, asked);
    if (gradients) {
      InputGradient seen =
          network.inputGradient(shown, logits -> objectiveGradients(asked, logits));
      int size = batch.shape().size();
      for (int i = 0; i < asked.size(); i++) {
        float[] gradient = Arrays.copyOfRange(seen.pixels(), i * size, (i + 1) * size);
        asked.get(i).look(seen.logits()[i], gradient);
      }
    } else {
      float[][] logits = network.logits(shown);
      for (int i = 0; i < asked.size(); i++) {
        asked.get(i).look(logits[i], NO_GRADIENT);
      }
    }
  }

  private static float[][] objectiveGradients(List<Dialogue> asked, float[][] logits) {
    float[][] gradients = new float[logits.length][];
    for (int i = 0; i < gradients.length; i++) {
      gradients[i] = asked.get(i).objectiveGradient(logits[i]);
    }
    return gradients;
  }

  private static List<Dialogue> open(List<Dialogue> all) {
    return all.stream().filter(Dialogue::isOpen).toList();
  }

  private static Examples shown(Examples batch, List<Dialogue> asked) {
    int size = batch.shape().size();
    long[] ids = new long[asked.size()];
    float[] pixels = new float[asked.size() * size];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = asked.get(i).id();
      System.arraycopy(asked.get(i).image(), 0, pixels, i * size, size);
    }
    return new Examples(ids, batch.shape(), pixels, Optional.empty());
  }

  private static Perturbed perturbed(Examples batch, List<Dialogue> done) {
    return new Perturbed(
        new Examples(batch.ids(), batch.shape(), shown(batch, done).pixels(), batch.labels()),
        done.stream().map(Dialogue::gradient).toList());
  }

  private static Subject subject(Examples batch, int i) {
    int size = batch.shape().size();
    int label = batch.labels().map(labels -> labels[i]).orElse(Subject.NO_LABEL);
    return new Subject(
        batch.shape(), Arrays.copyOfRange(batch.pixels(), i * size, (i + 1) * size), label);
  }

  private void check(Examples batch) {
    if (usesLabels() && batch.labels().isEmpty()) {
      throw new InputException(
          "Cannot attack a data set without labels (add labels, or show it under noise)");
    }
    float[] pixels = batch.pixels();
    for (int i = 0; i < pixels.length; i++) {
      if (!(pixels[i] >= 0 && pixels[i] <= 1)) {
        throw new InputException(
            "Cannot attack example %d: a pixel is %s (attacks want pixels in [0, 1]; let the network normalise)"
                .formatted(batch.ids()[i / batch.shape().size()], pixels[i]));
      }
    }
  }
}
