package io.similitude.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * PGD here and in Python, in turns on the same machine, and the ratios of each round: {@code mvn -q
 * -Pbenchmark -Dbenchmark=AttackSpeed verify}. The environment variable PYTHON names an interpreter
 * that has torch and torchvision; python3 without it. THP_MEM_ALLOC_ENABLE and MALLOC_* should be
 * as submit.sh sets them; Python's memory is as it comes.
 */
public final class AttackSpeed {
  private static final int ROUNDS = 3;

  private AttackSpeed() {}

  public static void main(String[] arguments) throws Exception {
    Files.createDirectories(AttackBenchmark.RESNET.getParent());
    Map<String, List<Double>> ratios = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      Map<String, Double> python = python();
      Map<String, Double> here = here();
      python.forEach(
          (network, rate) -> {
            double ratio = here.get(network) / rate;
            ratios.computeIfAbsent(network, any -> new ArrayList<>()).add(ratio);
            System.out.printf(
                Locale.ROOT,
                "%-18s PGD, images x steps a second: %.0f, Python %.0f, ratio %.2f%n",
                network,
                here.get(network),
                rate,
                ratio);
          });
    }
    ratios.forEach(
        (network, all) ->
            System.out.printf(
                Locale.ROOT,
                "%-18s times Python, median of %d (at least 1.2): %.2f%n",
                network,
                ROUNDS,
                all.stream().sorted().toList().get(ROUNDS / 2)));
  }

  private static Map<String, Double> here() throws RunnerException {
    Map<String, Double> rates = new LinkedHashMap<>();
    for (RunResult result :
        new Runner(new OptionsBuilder().include(AttackBenchmark.class.getName()).build()).run()) {
      rates.put(
          result.getParams().getParam("network"),
          AttackBenchmark.rate(result.getPrimaryResult().getScore()));
    }
    return rates;
  }

  private static Map<String, Double> python() throws IOException, InterruptedException {
    String python = System.getenv().getOrDefault("PYTHON", "python3");
    ProcessBuilder command =
        new ProcessBuilder(
                python, "src/jmh/python/pgd_speed.py", AttackBenchmark.RESNET.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    // One thread is for each of Spark's tasks; Python is to have all, and its own allocator.
    command
        .environment()
        .keySet()
        .removeIf(name -> name.matches("OMP_NUM_THREADS|THP_MEM_ALLOC_ENABLE|MALLOC_.*"));
    Process process = command.start();
    Map<String, Double> rates = new LinkedHashMap<>();
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int space = line.indexOf(' ');
        rates.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
      }
    }
    if (process.waitFor() != 0) {
      throw new IOException(
          "Cannot run " + python + " (set PYTHON to an interpreter that has torch and torchvision)");
    }
    return rates;
  }
}
