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
 * @param batch number of examples in a step; the last step of an epoch may have fewer
 * @param crop the largest shift of an image in pixels; pixels outside the image are 0; absent: no
 *     shift
 * @param flip whether half of the images are mirrored
 * @param attack the attack of the method; absent: the method has none
 * @param beta the weight of the divergence in TRADES
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

  /** The mode of batch norm in the attack of a training. */
  public enum AttackMode implements Keyword {
    /** Batch norm uses the running statistics, as in Madry's and TRADES' code. */
    EVALUATION,
    /**
     * Batch norm uses the statistics of the batch, as in Rice's and Wong's code. The running
     * statistics are not changed.
     */
    TRAINING
  }

  /** The file format of a training's checkpoints. */
  public enum WeightsFormat implements Keyword {
    /** A state dict, as torch.save writes it. */
    PTH,
    SAFETENSORS
  }

  /**
   * Stochastic gradient descent with momentum, as in PyTorch's SGD.
   *
   * @param rate the learning rate that the schedule starts from, or that is its peak
   * @param weightDecay on all parameters
   */
  public record OptimizerSpec(double rate, double momentum, double weightDecay, boolean nesterov)
      implements Serializable {
    public static final double USUAL_RATE = 0.1;

    /** The default peak rate of the cyclic schedule, from Wong et al. 2020. */
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
   * @param id its name in tables
   * @param network the name of the network
   * @param keep the states that are kept: numbers of epochs, {@value TrainedSpec#BEST}
   * @param folder location of its checkpoints
   */
  public record Run(
      String id, TrainingSpec recipe, String network, long seed, Set<String> keep, String folder)
      implements Serializable {
    public Run {
      // The set is sorted, and its class is serializable.
      keep = new TreeSet<>(keep);
    }

    public boolean keepsBest() {
      return keep.contains(TrainedSpec.BEST);
    }

    /**
     * Whether the weights after this number of epochs are kept. The last weights are always kept.
     */
    public boolean keeps(int epoch) {
      return epoch == recipe.epochs() || keep.contains(Integer.toString(epoch));
    }
  }

  /** The value of the tag {@code training} for its checkpoints. */
  public String tag() {
    if (attack.isEmpty()) {
      return method.keyword();
    }
    return method == TrainingMethod.PGD_AT
        ? attack.get().name().replace("pgd-", "pgd-at-")
        : method.keyword();
  }

  /**
   * The fingerprint of everything that affects the weights. Name, evaluation and format do not
   * affect them.
   */
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

  /** The serialized form, with null for absent parts: an Optional is not serializable. */
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
