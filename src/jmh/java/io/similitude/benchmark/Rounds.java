package io.similitude.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;

/**
 * Benchmarks run in turns, several times over: a ratio is of one round, where the machine was the
 * same, and of the rounds the median counts.
 */
final class Rounds {
  private static final int ROUNDS = 3;

  private final List<Map<String, Double>> millis = new ArrayList<>();

  private Rounds() {}

  static Rounds run(Options options) throws RunnerException {
    Rounds rounds = new Rounds();
    for (int round = 0; round < ROUNDS; round++) {
      Map<String, Double> measured = new TreeMap<>();
      for (RunResult result : new Runner(options).run()) {
        String name = result.getParams().getBenchmark();
        measured.put(
            name.substring(Rounds.class.getPackageName().length() + 1),
            result.getPrimaryResult().getScore());
      }
      rounds.millis.add(measured);
    }
    return rounds;
  }

  double millis(String benchmark) {
    return median(round -> millis.get(round).get(benchmark));
  }

  double ratio(String over, String under) {
    return median(round -> millis.get(round).get(over) / millis.get(round).get(under));
  }

  private static double median(IntToDoubleFunction value) {
    return IntStream.range(0, ROUNDS).mapToDouble(value).sorted().toArray()[ROUNDS / 2];
  }
}
