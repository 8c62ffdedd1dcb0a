package io.similitude.cli;

import io.similitude.plan.PlannedTraining;
import io.similitude.plan.Trainings;
import java.util.Locale;

/** The part of a plan about the trainings: images, passes, and hours at a stated rate. */
final class TrainingCosts {
  private static final double GIGA = 1e9;
  private static final double TERA = 1e12;
  private static final double GIB = 1L << 30;

  /** The assumed rate of one CPU core, if the user states no rate. */
  private static final double CORE_FLOPS = 30e9;

  /** The assumed rate of a GPU, if the user states no rate. */
  private static final double GPU_FLOPS = 10e12;

  private static final double SECONDS_IN_HOUR = 3600;

  private TrainingCosts() {}

  /**
   * Returns a table with one row for each training, and one line for all trainings. The text is
   * empty if there are no trainings.
   *
   * @param rate the rate in GFLOP per second that the user states; null: the assumed rate is used
   */
  static String text(Trainings trainings, Double rate) {
    if (trainings.planned().isEmpty()) {
      return "";
    }
    TextTable table =
        new TextTable("training", "epochs", "done", "images", "PFLOP left", "MiB to keep");
    double left = 0;
    double bytes = 0;
    long epochs = 0;
    long done = 0;
    for (PlannedTraining training : trainings.planned()) {
      int all = training.epochs().epochs();
      int last = Math.max(0, trainings.last().getOrDefault(training.id(), 0));
      double flops = training.flops() * (all - last);
      double kept = training.bytesAfter(-1);
      table.add(
          training.id(),
          all,
          last,
          (long) training.images() * all,
          number(flops / TERA / 1000),
          number(kept / (1 << 20)));
      left += flops;
      bytes += kept;
      epochs += all;
      done += last;
    }
    return table
        + "train: %d of %d epochs done; %s; %s GiB to keep%n"
            .formatted(done, epochs, hours(left, rate), number(bytes / GIB));
  }

  private static String hours(double left, Double rate) {
    if (rate != null) {
      return "%s hours at %s GFLOP/s".formatted(hours(left, rate * GIGA), rate);
    }
    return "%s hours of one core at %.0f GFLOP/s, or %s hours of one GPU at %.0f TFLOP/s (assumed; --rate says another)"
        .formatted(
            hours(left, CORE_FLOPS), CORE_FLOPS / GIGA, hours(left, GPU_FLOPS), GPU_FLOPS / TERA);
  }

  private static String hours(double left, double flops) {
    return number(left / flops / SECONDS_IN_HOUR);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
