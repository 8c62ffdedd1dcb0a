package io.similitude.spec;

import io.similitude.spec.key.Fingerprinted;
import java.io.Serializable;
import java.util.List;

/** The change of the learning rate during a training, relative to the rate of the optimizer. */
public sealed interface RateSchedule extends Fingerprinted, Serializable {
  /** The factor of the rate. */
  double factor(Moment moment);

  /**
   * A step of a training.
   *
   * @param epoch from 0
   * @param step of the epoch, from 0
   */
  record Moment(int epoch, int step, int stepsPerEpoch, int epochs) {
    /** The share of the training that is done before the epoch. */
    double epochShare() {
      return epoch / (double) epochs;
    }

    /** The share of the training that is done after this number of steps of the epoch. */
    double share(int steps) {
      return (epoch + steps / (double) stepsPerEpoch) / epochs;
    }
  }

  /** The same rate all the time. */
  record Constant() implements RateSchedule {
    @Override
    public double factor(Moment moment) {
      return 1;
    }

    @Override
    public String fingerprint() {
      return "constant";
    }
  }

  /**
   * The rate becomes smaller by a factor, starting at some epochs.
   *
   * @param at shares of the training, ascending, between 0 and 1
   */
  record Piecewise(List<Double> at, double factor) implements RateSchedule {
    /** The schedule of Rice et al. 2020. */
    public static final Piecewise USUAL = new Piecewise(List.of(0.5, 0.75), 0.1);

    public Piecewise {
      at = List.copyOf(at);
    }

    @Override
    public double factor(Moment moment) {
      long drops = at.stream().filter(share -> moment.epochShare() >= share).count();
      return StrictMath.pow(factor, (double) drops);
    }

    @Override
    public String fingerprint() {
      return "piecewise at=%s factor=%s"
          .formatted(at.stream().map(Double::toHexString).toList(), Double.toHexString(factor));
    }
  }

  /** Half a cosine down to 0, step by step (Loshchilov and Hutter 2017). */
  record Cosine() implements RateSchedule {
    @Override
    public double factor(Moment moment) {
      return (1 + StrictMath.cos(Math.PI * moment.share(moment.step()))) / 2;
    }

    @Override
    public String fingerprint() {
      return "cosine";
    }
  }

  /**
   * Linearly up from 0 and linearly down to 0, step by step (Smith 2017, as in Wong et al. 2020).
   *
   * @param peak the share of the training at which the rate equals that of the optimizer
   */
  record Cyclic(double peak) implements RateSchedule {
    public static final double USUAL_PEAK = 0.4;

    @Override
    public double factor(Moment moment) {
      double share = moment.share(moment.step() + 1);
      return share < peak ? share / peak : (1 - share) / (1 - peak);
    }

    @Override
    public String fingerprint() {
      return "cyclic peak=" + Double.toHexString(peak);
    }
  }
}
