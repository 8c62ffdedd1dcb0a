package io.similitude.benchmark;

import java.util.Locale;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks and prints their ratios, all of one run: {@code mvn -q -Pbenchmark verify}.
 *
 * <p>PyTorch's memory is as it comes; THP_MEM_ALLOC_ENABLE=1 in the environment gives it huge
 * pages, as submit.sh does.
 */
public final class RatioTable {
  private static final int CORES = 2;

  private final Rounds rounds;

  private RatioTable(Rounds rounds) {
    this.rounds = rounds;
  }

  public static void main(String[] arguments) throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include("io.similitude.benchmark.(Extraction|Product|Attack)Benchmark")
            .param("network", AttackBenchmark.WIDE_RESNET)
            .build();
    new RatioTable(Rounds.run(options)).print();
  }

  private void print() {
    boolean huge = "1".equals(System.getenv("THP_MEM_ALLOC_ENABLE"));
    System.out.println("PyTorch's memory in " + (huge ? "huge pages" : "ordinary pages"));
    row("bare forward pass, images a second", images("forward"));
    row("with taps and 43 Gram matrices, images a second", images("extract"));
    row("  times the bare forward pass (at most 3)", ratio("extract", "forward"));
    row("  with the tables written (at most 3.5)", ratio("extractAndWrite", "forward"));
    row("comparing, of extracting (under 0.10)", ratio("compare", "extractAndWrite") / 2);
    row(
        "PGD, images x steps a second",
        AttackBenchmark.rate(rounds.millis("AttackBenchmark.pgd")));
    double sgemm = CORES * ProductBenchmark.sgemmFlops() / 1e6;
    double products = CORES * ProductBenchmark.productFlops() / 1e6;
    row("SGEMM, GFLOP/s", sgemm / rounds.millis("ProductBenchmark.sgemm"));
    row(
        "product engine, GFLOP/s of the symmetric half",
        products / rounds.millis("ProductBenchmark.products"));
    row(
        "  of the SGEMM rate (at least 0.60)",
        products / sgemm * rounds.ratio("ProductBenchmark.sgemm", "ProductBenchmark.products"));
  }

  private double images(String benchmark) {
    return CORES * ExtractionBenchmark.BATCH * 1e3 / rounds.millis("ExtractionBenchmark." + benchmark);
  }

  private double ratio(String over, String under) {
    return rounds.ratio("ExtractionBenchmark." + over, "ExtractionBenchmark." + under);
  }

  private static void row(String what, double value) {
    System.out.printf(Locale.ROOT, "%-50s %10.2f%n", what, value);
  }
}
