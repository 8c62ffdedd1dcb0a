package io.similitude.benchmark;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks and prints their ratios, all of one run: {@code mvn -q -Pbenchmark verify}.
 */
public final class RatioTable {
  private static final int CORES = 2;

  private RatioTable() {}

  public static void main(String[] arguments) throws RunnerException {
    Map<String, Double> millis = run();
    double forward = millis.get("ExtractionBenchmark.forward");
    double extract = millis.get("ExtractionBenchmark.extract");
    double written = millis.get("ExtractionBenchmark.extractAndWrite");
    double compare = millis.get("ExtractionBenchmark.compare");
    double products = millis.get("ProductBenchmark.products");
    double sgemm = millis.get("ProductBenchmark.sgemm");
    double productRate = CORES * ProductBenchmark.productFlops() / products / 1e6;
    double sgemmRate = CORES * ProductBenchmark.sgemmFlops() / sgemm / 1e6;
    print("bare forward pass, images a second", CORES * ExtractionBenchmark.BATCH * 1e3 / forward);
    print("with 43 Gram matrices, images a second", CORES * ExtractionBenchmark.BATCH * 1e3 / extract);
    print("  times the bare forward pass (at most 3)", extract / forward);
    print("  and written (at most 3.5)", written / forward);
    print("comparing, of extracting (under 0.10)", compare / (2 * written));
    print(
        "PGD, images x steps a second",
        CORES * 1e3 * AttackBenchmark.IMAGES * AttackBenchmark.STEPS
            / millis.get("AttackBenchmark.pgd"));
    print("SGEMM, GFLOP/s", sgemmRate);
    print("product engine, GFLOP/s of the symmetric half", productRate);
    print("  of the SGEMM rate (at least 0.60)", productRate / sgemmRate);
  }

  private static Map<String, Double> run() throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("io.similitude.benchmark.(Extraction|Product|Attack)Benchmark")
                    .build())
            .run();
    Map<String, Double> millis = new LinkedHashMap<>();
    for (RunResult result : results) {
      String name = result.getParams().getBenchmark();
      millis.put(
          name.substring("io.similitude.benchmark.".length()),
          result.getPrimaryResult().getScore());
    }
    return millis;
  }

  private static void print(String what, double value) {
    System.out.printf(Locale.ROOT, "%-50s %10.2f%n", what, value);
  }
}
