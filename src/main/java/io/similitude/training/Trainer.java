package io.similitude.training;

import io.similitude.checkpoint.script.ArchiveWriter;
import io.similitude.dataset.Examples;
import io.similitude.network.TrainableNetwork;
import io.similitude.program.StepSetting;
import io.similitude.program.TrainingProgram;
import io.similitude.spec.TrainingAttack;
import io.similitude.spec.TrainingMethod;
import io.similitude.spec.TrainingSpec;
import io.similitude.spec.TrainingSpec.AttackMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * A network in training. It takes the steps of a recipe. It owns native memory, and only one thread
 * may use it.
 */
public final class Trainer implements AutoCloseable {
  private final TrainingProgram program;
  private final TrainingSpec recipe;
  private final TrainableNetwork network;
  private final boolean channelsLast;
  private final int together;
  private long batches;

  private Trainer(
      TrainingProgram program,
      TrainingSpec recipe,
      TrainableNetwork network,
      boolean isCpu,
      long batches) {
    this.program = program;
    this.recipe = recipe;
    this.network = network;
    // GPUs are equally fast with the channels first, and with the whole batch at once.
    this.channelsLast = isCpu && program.runsChannelsLast();
    this.together = isCpu ? program.examplesInAttack().orElse(0) : 0;
    this.batches = batches;
  }

  /**
   * Begins a training, or continues it from a state.
   *
   * @param gpu the GPU's index; if it is empty, the training runs on the CPU
   */
  public static Trainer load(
      TrainingProgram program, TrainingSpec recipe, TrainingState state, Optional<Integer> gpu)
      throws IOException {
    Path archive = Files.createTempFile("similitude-training", ".pt");
    try {
      ArchiveWriter.write(archive, program.module(state.weights(), state.momenta()));
      return new Trainer(
          program, recipe, TrainableNetwork.load(archive, gpu), gpu.isEmpty(), state.batches());
    } finally {
      Files.delete(archive);
    }
  }

  /**
   * Takes one step.
   *
   * @param batch the examples, with labels
   * @param start the start of the attack, which is added to the pixels; empty: there is no attack
   * @param noise what dropout is a function of
   */
  public TrainableNetwork.Step step(
      Examples batch, Optional<float[]> start, double rate, int noise) {
    // Running statistics include the images. In TRADES they include the perturbed images too.
    batches += recipe.method() == TrainingMethod.TRADES ? 2 : 1;
    return network.step(method(), batch, start, StepSetting.values(settings(rate, noise)));
  }

  /** The current weights, statistics and momenta. */
  public TrainingState state() {
    return TrainingState.of(program, network.state(), batches);
  }

  @Override
  public void close() {
    network.close();
  }

  private String method() {
    return switch (recipe.method()) {
      case STANDARD -> TrainingProgram.STANDARD;
      case PGD_AT, FAST_AT -> TrainingProgram.ADVERSARIAL;
      case TRADES -> TrainingProgram.TRADES;
    };
  }

  private Map<StepSetting, Double> settings(double rate, int noise) {
    Map<StepSetting, Double> settings = new EnumMap<>(StepSetting.class);
    settings.put(StepSetting.CHANNELS_LAST, flag(channelsLast));
    settings.put(StepSetting.RATE, rate);
    settings.put(StepSetting.NOISE, (double) noise);
    settings.put(StepSetting.MOMENTUM, recipe.optimizer().momentum());
    settings.put(StepSetting.WEIGHT_DECAY, recipe.optimizer().weightDecay());
    settings.put(StepSetting.NESTEROV, flag(recipe.optimizer().nesterov()));
    settings.put(StepSetting.SMOOTHING, recipe.labelSmoothing());
    recipe.attack().ifPresent(attack -> put(settings, attack));
    settings.put(StepSetting.BETA, recipe.beta());
    return settings;
  }

  private void put(Map<StepSetting, Double> settings, TrainingAttack attack) {
    settings.put(StepSetting.EPSILON, attack.epsilon());
    settings.put(StepSetting.STEP_SIZE, attack.stepSize());
    settings.put(StepSetting.STEPS, (double) attack.steps());
    settings.put(StepSetting.EUCLIDEAN, flag(attack.isEuclidean()));
    settings.put(StepSetting.ATTACK_MODE, recipe.attackMode() == AttackMode.TRAINING ? 2.0 : 0.0);
    if (recipe.attackMode() == AttackMode.EVALUATION) {
      settings.put(StepSetting.TOGETHER, (double) together);
    }
  }

  private static double flag(boolean isSet) {
    return isSet ? 1 : 0;
  }
}
