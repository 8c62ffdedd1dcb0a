package io.similitude.stage;

import io.similitude.attack.Attacks;
import io.similitude.attack.search.RandomSource;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.dataset.Batches;
import io.similitude.dataset.Dataset;
import io.similitude.plan.NetworkPrograms;
import io.similitude.plan.PlannedTraining;
import io.similitude.program.Program;
import io.similitude.program.TrainingProgram;
import io.similitude.program.architecture.Architectures;
import io.similitude.spec.DatasetSpec;
import io.similitude.spec.NetworkSpec;
import io.similitude.spec.TrainingMethod;
import io.similitude.spec.TrainingSpec;
import io.similitude.spec.ViewSpec;
import io.similitude.store.TrainedEpochs;
import io.similitude.training.Epoch;
import io.similitude.training.Evaluation;
import io.similitude.training.InitialWeights;
import io.similitude.training.Trainer;
import io.similitude.training.TrainingState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A training on an executor. It continues after the last finished epoch, and commits each epoch.
 */
final class TrainingExecution {
  private static final double SECOND = 1e9;

  private final TrainingJob job;
  private final PlannedTraining training;
  private final TrainingSpec.Run run;
  private final TrainingSpec recipe;
  private final Optional<Integer> gpu;
  private final Program program;
  private final TrainingProgram steps;
  private final EpochFiles epochFiles;

  TrainingExecution(TrainingJob job, TrainingTask task, Optional<Integer> gpu) {
    this.job = job;
    this.training = task.training();
    this.run = training.run();
    this.recipe = run.recipe();
    this.gpu = gpu;
    this.program =
        new NetworkPrograms(job.files(), dataset(recipe.data()), job.spec())
            .program(training.network());
    this.steps = program.training();
    this.epochFiles = new EpochFiles(job, training);
  }

  void run() throws IOException {
    OptionalInt last = job.folder().listing().lastEpoch(training.epochs());
    int done = last.orElse(0);
    TrainingState state = last.isPresent() ? resumed(done) : begun();
    if (last.isPresent()) {
      epochFiles.removeBefore(done);
    } else {
      commit(0, state, List.of());
    }
    try (Trainer trainer = Trainer.load(steps, recipe, state, gpu)) {
      for (int epoch = done; epoch < recipe.epochs(); epoch++) {
        train(trainer, epoch);
      }
    }
  }

  private TrainingState begun() {
    return TrainingState.of(steps, firstWeights());
  }

  private StateDict firstWeights() {
    NetworkSpec network = training.network().spec();
    return network instanceof NetworkSpec.BuiltIn builtIn
        ? InitialWeights.draw(steps, Architectures.initialization(builtIn), run.seed())
        : NetworkPrograms.firstWeights((NetworkSpec.Exported) network, program);
  }

  private TrainingState resumed(int epoch) throws IOException {
    List<TrainedEpochs.Row> rows = job.folder().trainingRows(training.epochs(), epoch);
    return epochFiles.read(epoch, rows.get(0), steps, batches(epoch));
  }

  /** The number of batches that the running statistics have seen after this number of epochs. */
  private long batches(int epochs) {
    return (long) epochs * training.steps() * (recipe.method() == TrainingMethod.TRADES ? 2 : 1);
  }

  private void train(Trainer trainer, int epoch) throws IOException {
    long start = System.nanoTime();
    Epoch.Outcome outcome =
        new Epoch(recipe, dataset(recipe.data()), ids(recipe.data()), run.seed())
            .run(trainer, epoch);
    double seconds = (System.nanoTime() - start) / SECOND;
    commit(
        epoch + 1,
        trainer.state(),
        List.of(
            new Measured(
                recipe.data(),
                null,
                outcome.loss(),
                outcome.accuracy(),
                outcome.images(),
                outcome.rate(),
                seconds)));
  }

  /** Evaluates a state and commits it together with the measured values. */
  private void commit(int epoch, TrainingState state, List<Measured> ofSteps) throws IOException {
    List<Measured> measured = new ArrayList<>(ofSteps);
    if (recipe.evaluation().isAfter(epoch, recipe.epochs()) || epoch == 0) {
      measured.addAll(evaluated(state.stateDict(steps)));
    }
    EpochFiles.Sums sums = epochFiles.write(epoch, steps, state);
    List<TrainedEpochs.Row> rows = measured.stream().map(it -> it.row(epoch, sums)).toList();
    if (run.keepsBest() && epoch > 0 && isBest(epoch, rows)) {
      epochFiles.writeBest(steps, state);
    }
    job.writer().writeEpoch(training.epochs(), epoch, rows);
    epochFiles.removeBefore(epoch);
  }

  private List<Measured> evaluated(StateDict weights) throws IOException {
    List<Measured> measured = new ArrayList<>();
    try (Evaluation evaluation = Evaluation.load(program, weights, gpu)) {
      for (String data : recipe.evaluation().data()) {
        long[] ids = ids(data);
        int examples = Math.min(ids.length, recipe.evaluation().examples().orElse(ids.length));
        for (String id : recipe.evaluation().views()) {
          long start = System.nanoTime();
          Evaluation.Outcome outcome =
              evaluation.of(
                  dataset(data),
                  Arrays.copyOf(ids, examples),
                  view(id).filter(it -> it.attack().isPresent()).map(Attacks::create),
                  RandomSource.named(run.seed(), "evaluation", id));
          double seconds = (System.nanoTime() - start) / SECOND;
          measured.add(
              new Measured(
                  data, id, outcome.loss(), outcome.accuracy(), outcome.examples(), null, seconds));
        }
      }
    }
    return measured;
  }

  /**
   * Whether this epoch is more accurate than every earlier epoch. If two epochs are equal, the
   * earlier one is the best.
   */
  private boolean isBest(int epoch, List<TrainedEpochs.Row> rows) throws IOException {
    BestEpoch decisive = BestEpoch.of(recipe, job.spec().views());
    Optional<Double> now = decisive.score(rows);
    if (now.isEmpty()) {
      return false;
    }
    for (int earlier = 1; earlier < epoch; earlier++) {
      Optional<Double> before =
          decisive.score(job.folder().trainingRows(training.epochs(), earlier));
      if (before.isPresent() && before.get() >= now.get()) {
        return false;
      }
    }
    return true;
  }

  private Optional<ViewSpec> view(String id) {
    return job.spec().views().stream().filter(view -> view.id().equals(id)).findFirst();
  }

  private Dataset dataset(String name) {
    return job.datasets().get(name).open(job.files());
  }

  private long[] ids(String name) {
    DatasetSpec described = job.spec().datasets().get(name);
    return Batches.used(described, dataset(name).size(), job.spec().seed());
  }

  /** A row of the table whose epoch files are not written yet. */
  private record Measured(
      String data,
      String view,
      double loss,
      double accuracy,
      long examples,
      Double rate,
      double seconds) {
    TrainedEpochs.Row row(int epoch, EpochFiles.Sums sums) {
      return new TrainedEpochs.Row(
          epoch,
          data,
          view,
          loss,
          accuracy,
          examples,
          rate,
          seconds,
          sums.weights(),
          sums.momenta());
    }
  }
}
