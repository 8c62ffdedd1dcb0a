package io.similitude.training;

import io.similitude.attack.search.RandomSource;
import io.similitude.dataset.Dataset;
import io.similitude.dataset.Examples;
import io.similitude.input.InputException;
import io.similitude.network.TrainableNetwork;
import io.similitude.spec.RateSchedule;
import io.similitude.spec.TrainingSpec;
import java.util.Arrays;

/** One pass of a training over its examples. */
public final class Epoch {
  private final TrainingSpec recipe;
  private final Dataset dataset;
  private final long[] ids;
  private final long seed;

  /**
   * @param ids the ids of the training examples
   */
  public Epoch(TrainingSpec recipe, Dataset dataset, long[] ids, long seed) {
    this.recipe = recipe;
    this.dataset = dataset;
    this.ids = ids.clone();
    this.seed = seed;
  }

  /**
   * The measurements from the steps of an epoch.
   *
   * @param loss the mean loss over the examples; each loss is computed in the example's own step,
   *     before the weights change
   * @param accuracy the accuracy over the same examples, in training mode and under the attack if
   *     there is one
   * @param rate the learning rate of the last step
   */
  public record Outcome(double loss, double accuracy, double rate, long images) {}

  /**
   * Takes the steps of an epoch.
   *
   * @param epoch the index of the epoch, from 0
   * @throws InputException if the training diverges
   */
  public Outcome run(Trainer trainer, int epoch) {
    long[] order = EpochOrder.of(ids, seed, epoch);
    Augmentation augmentation = new Augmentation(recipe);
    AttackStart start = new AttackStart(recipe);
    RandomSource dropout = RandomSource.named(seed, "dropout", Integer.toString(epoch));
    int steps = (order.length + recipe.batch() - 1) / recipe.batch();
    double loss = 0;
    long right = 0;
    double rate = 0;
    for (int step = 0; step < steps; step++) {
      int from = step * recipe.batch();
      int to = Math.min(order.length, from + recipe.batch());
      Examples batch =
          augmentation.apply(dataset.read(Arrays.copyOfRange(order, from, to)), seed, epoch);
      rate = rate(new RateSchedule.Moment(epoch, step, steps, recipe.epochs()));
      int noise = dropout.example(step).below(Integer.MAX_VALUE);
      TrainableNetwork.Step taken =
          trainer.step(batch, start.draw(batch, seed, epoch), rate, noise);
      requireFinite(taken, epoch, step, rate);
      loss += (double) taken.loss() * batch.count();
      right += taken.right();
    }
    return new Outcome(loss / order.length, right / (double) order.length, rate, order.length);
  }

  private double rate(RateSchedule.Moment moment) {
    return recipe.optimizer().rate() * recipe.schedule().factor(moment);
  }

  private void requireFinite(TrainableNetwork.Step taken, int epoch, int step, double rate) {
    if (!Float.isFinite(taken.loss())) {
      throw new InputException(
          "Cannot go on with training %s: the loss is %s in step %d of epoch %d, at rate %s (lower the rate; the epochs before are kept)"
              .formatted(recipe.name(), taken.loss(), step + 1, epoch + 1, rate));
    }
  }
}
