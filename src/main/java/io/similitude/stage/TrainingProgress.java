package io.similitude.stage;

import io.similitude.execution.Progress;
import io.similitude.plan.PlannedTraining;
import io.similitude.store.RunFolder;
import io.similitude.store.TrainedEpochs;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the user each finished epoch and the estimated time that is left. */
final class TrainingProgress implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingProgress.class);
  private static final long PERIOD_MILLIS = 5000;

  private final RunFolder folder;
  private final List<PlannedTraining> trainings;
  private final Map<String, Integer> told = new HashMap<>();
  private final Map<String, Double> secondsLeft = new HashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(TrainingProgress::daemon);

  private TrainingProgress(RunFolder folder, List<PlannedTraining> trainings) {
    this.folder = folder;
    this.trainings = trainings;
  }

  static TrainingProgress start(RunFolder folder, List<PlannedTraining> trainings)
      throws IOException {
    TrainingProgress progress = new TrainingProgress(folder, trainings);
    trainings.forEach(it -> progress.told.put(it.id(), -1));
    progress.told.putAll(
        folder.listing().lastEpochs(trainings.stream().map(PlannedTraining::epochs).toList()));
    var unused =
        progress.clock.scheduleAtFixedRate(
            progress::show, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    return progress;
  }

  /** Shows the epochs that were finished since the last call. */
  synchronized void show() {
    try {
      Map<String, Integer> last =
          folder.listing().lastEpochs(trainings.stream().map(PlannedTraining::epochs).toList());
      for (PlannedTraining training : trainings) {
        int done = last.getOrDefault(training.id(), -1);
        for (int epoch = told.get(training.id()) + 1; epoch <= done; epoch++) {
          tell(training, epoch);
          told.put(training.id(), epoch);
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("Cannot tell how far the trainings are", e);
    }
  }

  @Override
  public void close() {
    clock.shutdown();
  }

  private void tell(PlannedTraining training, int epoch) throws IOException {
    List<TrainedEpochs.Row> rows = folder.trainingRows(training.epochs(), epoch);
    double seconds = rows.stream().mapToDouble(TrainedEpochs.Row::seconds).sum();
    secondsLeft.put(training.id(), seconds * (training.epochs().epochs() - epoch));
    // Trainings run at the same time. If there are enough cores, all of them are done when the
    // longest one is done.
    double all = secondsLeft.values().stream().mapToDouble(it -> it).max().orElse(0);
    LOG.info("{}", line(training, epoch, rows, secondsLeft.get(training.id()), all));
  }

  /**
   * Returns a line such as {@code robust-s0: epoch 3 of 30, loss 1.204, accuracy 0.563 (test/benign
   * 0.701, test/linf 0.455), 812 images a second, 4 min 10 s left, 9 min 2 s for all}.
   */
  static String line(
      PlannedTraining training, int epoch, List<TrainedEpochs.Row> rows, double left, double all) {
    StringBuilder line = new StringBuilder();
    line.append("%s: epoch %d of %d".formatted(training.id(), epoch, training.epochs().epochs()));
    StringBuilder evaluations = new StringBuilder();
    for (TrainedEpochs.Row row : rows) {
      if (row.isEvaluation()) {
        evaluations
            .append(evaluations.isEmpty() ? " (" : ", ")
            .append(number("%s/%s %.3f", row.data(), row.view(), row.accuracy()));
      } else {
        line.append(number(", loss %.3f, accuracy %.3f", row.loss(), row.accuracy()));
      }
    }
    line.append(evaluations.isEmpty() ? "" : evaluations + ")");
    rows.stream()
        .filter(row -> !row.isEvaluation())
        .forEach(
            row -> line.append(number(", %.0f images a second", row.examples() / row.seconds())));
    return line.append(epoch == 0 ? "" : ", " + Progress.duration(left) + " left")
        .append(epoch == 0 || left >= all ? "" : ", " + Progress.duration(all) + " for all")
        .toString();
  }

  private static String number(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "similitude-training-progress");
    thread.setDaemon(true);
    return thread;
  }
}
