package io.similitude.similarity.measure;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;

/** A similarity estimated over and over, each time from new data of the same law. */
public final class Simulation {
  private static final double NORMAL_95 = 1.96;

  private final double[] values;
  private final double[] errors;

  private Simulation(int sweeps) {
    values = new double[sweeps];
    errors = new double[sweeps];
  }

  public static Simulation of(int sweeps, Function<Random, MeasureValue> sweep) {
    Simulation simulation = new Simulation(sweeps);
    Random random = new Random(12);
    for (int s = 0; s < sweeps; s++) {
      MeasureValue similarity = sweep.apply(random);
      simulation.values[s] = similarity.value().orElseThrow();
      simulation.errors[s] = similarity.standardError().orElseThrow();
    }
    return simulation;
  }

  /** The fraction of the intervals that hold the truth. */
  public double coverage(double truth) {
    double covered = 0;
    for (int s = 0; s < values.length; s++) {
      covered += Math.abs(values[s] - truth) <= NORMAL_95 * errors[s] ? 1 : 0;
    }
    return covered / values.length;
  }

  public double meanError() {
    return Arrays.stream(errors).average().orElseThrow();
  }

  public double spread() {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }
}
