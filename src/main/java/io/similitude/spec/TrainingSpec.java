package io.similitude.spec;

import static java.util.Objects.requireNonNull;

import io.similitude.spec.key.Fingerprinted;
import io.similitude.spec.key.Keyword;
import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * A recipe: how a network is trained.
 *
 * @param data the name of the data set that it learns
 * @param batch examples of a step; the last step of an epoch may have fewer
 * @param crop pixels by which an image is shifted at most, in the place of what lies outside 0;
 *     absent: not at all
 * @param flip whether half of the images are mirrored
 * @param attack absent: the method has none
 * @param beta TRADES' weight of the divergence
 */
public record TrainingSpec(
    String name,
    TrainingMethod method,
    String data,
    int epochs,
    int batch,
    OptimizerSpec optimizer,
    RateSchedule schedule,
    OptionalInt crop,
    boolean flip,
    double labelSmoothing,
    Optional<TrainingAttack> attack,
    AttackMode attackMode,
    double beta,
    EvaluationSpec evaluation,
    WeightsFormat format)
    implements Fingerprinted, Serializable {
  public TrainingSpec {
    requireNonNull(method, "method");
    requireNonNull(optimizer, "optimizer");
    requireNonNull(schedule, "schedule");
    requireNonNull(attackMode, "attackMode");
    requireNonNull(evaluation, "evaluation");
    requireNonNull(format, "format");
    if (epochs < 1 || batch < 1 || method.attacks() != attack.isPresent()) {
      throw new IllegalArgumentException(
          "Invalid training %s: %d epochs, batch %d, attack %s"
              .formatted(name, epochs, batch, attack));
    }
  }

  /** How the attack of a training runs batch norm. */
  public enum AttackMode implements Keyword {
    /** By the running statistics, as in Madry's and TRADES' code. */
    EVALUATION,
    /**
     * By the statistics of the batch, as in Rice's and Wong's code; the running ones stay alone.
     */
    TRAINING
  }

  /** How a training writes its checkpoints. */
  public enum WeightsFormat implements Keyword {
    /** A state dict, as torch.save writes it. */
    PTH,
    SAFETENSORS
  }

  /**
   * Stochastic gradient descent with momentum, as PyTorch's SGD.
   *
   * @param rate the learning rate that the schedule starts from, or that is its peak
   * @param weightDecay on all parameters
   */
  public record OptimizerSpec(double rate, double momentum, double weightDecay, boolean nesterov)
      implements Serializable {
    public static final double USUAL_RATE = 0.1;

    /** Of the cyclic schedule of Wong et al. 2020. */
    public static final double USUAL_PEAK_RATE = 0.2;

    public static final double USUAL_MOMENTUM = 0.9;
    public static final double USUAL_WEIGHT_DECAY = 5e-4;

    public OptimizerSpec {
      if (!(rate > 0) || !(momentum >= 0 && momentum < 1) || !(weightDecay >= 0)) {
        throw new IllegalArgumentException(
            "Invalid optimizer: rate %s, momentum %s, weight decay %s"
                .formatted(rate, momentum, weightDecay));
      }
    }
  }

  /**
   * One training of a sweep: a recipe, a network and a seed.
   *
   * @param id what tables call it
   * @param network the name of the network
   * @param keep what of it is kept: numbers of epochs, {@value TrainedSpec#BEST}
   * @param folder location of its checkpoints
   */
  public record Run(
      String id, TrainingSpec recipe, String network, long seed, Set<String> keep, String folder)
      implements Serializable {
    public Run {
      // Sorted, and of a class that travels.
      keep = new TreeSet<>(keep);
    }

    public boolean keepsBest() {
      return keep.contains(TrainedSpec.BEST);
    }

    /** Whether the weights after so many epochs are kept; the last always are. */
    public boolean keeps(int epoch) {
      return epoch == recipe.epochs() || keep.contains(Integer.toString(epoch));
    }
  }

  /** What checkpoints of it are called in the tag {@code training}. */
  public String tag() {
    if (attack.isEmpty()) {
      return method.keyword();
    }
    return method == TrainingMethod.PGD_AT
        ? attack.get().name().replace("pgd-", "pgd-at-")
        : method.keyword();
  }

  /** Of all that shapes the weights: name, evaluation and format do not. */
  @Override
  public String fingerprint() {
    String text =
        "%s epochs=%d batch=%d rate=%s momentum=%s decay=%s nesterov=%b schedule=%s crop=%d flip=%b smoothing=%s"
            .formatted(
                method.keyword(),
                epochs,
                batch,
                hex(optimizer.rate()),
                hex(optimizer.momentum()),
                hex(optimizer.weightDecay()),
                optimizer.nesterov(),
                schedule.fingerprint(),
                crop.orElse(0),
                flip,
                hex(labelSmoothing));
    return text
        + attack.map(it -> " " + it.fingerprint() + " mode=" + attackMode.keyword()).orElse("")
        + (method == TrainingMethod.TRADES ? " beta=" + hex(beta) : "");
  }

  private static String hex(double value) {
    return Double.toHexString(value);
  }

  private Object writeReplace() {
    return new Serialized(
        name,
        method,
        data,
        epochs,
        batch,
        optimizer,
        schedule,
        crop.isPresent() ? crop.getAsInt() : null,
        flip,
        labelSmoothing,
        attack.orElse(null),
        attackMode,
        beta,
        evaluation,
        format);
  }

  /** The same with null for what is absent: an Optional is not serializable. */
  private record Serialized(
      String name,
      TrainingMethod method,
      String data,
      int epochs,
      int batch,
      OptimizerSpec optimizer,
      RateSchedule schedule,
      Integer crop,
      boolean flip,
      double labelSmoothing,
      TrainingAttack attack,
      AttackMode attackMode,
      double beta,
      EvaluationSpec evaluation,
      WeightsFormat format)
      implements Serializable {
    private Object readResolve() {
      return new TrainingSpec(
          name,
          method,
          data,
          epochs,
          batch,
          optimizer,
          schedule,
          crop == null ? OptionalInt.empty() : OptionalInt.of(crop),
          flip,
          labelSmoothing,
          Optional.ofNullable(attack),
          attackMode,
          beta,
          evaluation,
          format);
    }
  }
}
