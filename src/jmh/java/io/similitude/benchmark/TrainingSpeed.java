package io.similitude.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import io.similitude.network.TorchEngine;
import io.similitude.program.TrainingProgram;
import io.similitude.program.architecture.Architectures;
import io.similitude.spec.EvaluationSpec;
import io.similitude.spec.NetworkSpec;
import io.similitude.spec.RateSchedule;
import io.similitude.spec.TrainingAttack;
import io.similitude.spec.TrainingMethod;
import io.similitude.spec.TrainingSpec;
import io.similitude.spec.TrainingSpec.AttackMode;
import io.similitude.spec.TrainingSpec.OptimizerSpec;
import io.similitude.spec.TrainingSpec.WeightsFormat;
import io.similitude.training.InitialWeights;
import io.similitude.training.Trainer;
import io.similitude.training.TrainingState;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/**
 * Training steps here and in Python, in turns on the same machine: images a second of one thread,
 * and the ratios of each round. Seconds are the thread's own, here and there, so that a busy machine
 * matters less. Then whether memory stays flat, and what two trainings side by side gain, by the
 * clock: that wants a machine that is left alone.
 *
 * <pre>
 * PYTHON=python3 mvn -q -Pbenchmark -Dbenchmark=TrainingSpeed verify
 * </pre>
 *
 * <p>The interpreter must have torch.
 */
public final class TrainingSpeed {
  private static final int BATCH = 128;
  private static final int TURNS = 3;

  /** Of Python and Java in turns. An environment variable says another number. */
  private static final int ROUNDS = Integer.parseInt(System.getenv().getOrDefault("ROUNDS", "3"));

  private static final int LONG = 60;
  private static final ImageShape IMAGE = new ImageShape(3, 32, 32);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final NetworkSpec.BuiltIn NETWORK =
      new NetworkSpec.BuiltIn(
          "wrn-16-1", "wide-resnet", Map.of("depth", 16, "width", 1, "classes", 10));
  private static final TrainingProgram PROGRAM =
      Architectures.program(NETWORK, IMAGE).training();

  private TrainingSpeed() {}

  public static void main(String[] arguments) throws Exception {
    TorchEngine.configure(1);
    Map<String, List<Double>> ratios = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<String, Double> python : python().entrySet()) {
        double here = rate(method(python.getKey()));
        double ratio = here / python.getValue();
        ratios.computeIfAbsent(python.getKey(), any -> new ArrayList<>()).add(ratio);
        print("%-9s images a second: %.0f, Python %.0f, ratio %.2f", python.getKey(), here, python.getValue(), ratio);
      }
    }
    ratios.forEach(
        (method, all) ->
            print(
                "%-9s times Python, median of %d: %.2f", method, ROUNDS, all.stream().sorted().toList().get(ROUNDS / 2)));
    memory();
    sideBySide();
  }

  private static TrainingMethod method(String name) {
    return name.equals("standard") ? TrainingMethod.STANDARD : TrainingMethod.PGD_AT;
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }

  /** The best of some turns, as Python's. */
  private static double rate(TrainingMethod method) throws IOException {
    int steps = method == TrainingMethod.STANDARD ? 10 : 2;
    double best = 0;
    try (Training training = new Training(method)) {
      training.steps(steps);
      for (int turn = 0; turn < TURNS; turn++) {
        long start = THREADS.getCurrentThreadCpuTime();
        training.steps(steps);
        double seconds = (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
        best = Math.max(best, steps * BATCH / seconds);
      }
    }
    return best;
  }

  private static void memory() throws IOException {
    try (Training training = new Training(TrainingMethod.PGD_AT)) {
      training.steps(5);
      long before = residentKilobytes();
      training.steps(LONG);
      print("resident after 5 steps %d MB, after %d steps %d MB", before / 1024, LONG + 5, residentKilobytes() / 1024);
    }
  }

  private static void sideBySide() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Double> gains = new ArrayList<>();
    try (Training one = new Training(TrainingMethod.PGD_AT);
        Training other = new Training(TrainingMethod.PGD_AT)) {
      for (int round = 0; round <= TURNS; round++) {
        double alone = seconds(threads, List.of(one));
        double both = seconds(threads, List.of(one, other));
        if (round > 0) {
          gains.add(2 * alone / both);
        }
      }
    } finally {
      threads.shutdown();
    }
    print("two side by side: %s times one", gains.stream().map("%.2f"::formatted).toList());
  }

  private static double seconds(ExecutorService threads, List<Training> trainings)
      throws Exception {
    long start = System.nanoTime();
    List<Future<?>> running = new ArrayList<>();
    for (Training training : trainings) {
      running.add(threads.submit(() -> training.steps(4)));
    }
    for (Future<?> each : running) {
      each.get();
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static long residentKilobytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> line.replaceAll("[^0-9]", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }

  private static Map<String, Double> python() throws IOException, InterruptedException {
    String python = System.getenv().getOrDefault("PYTHON", "python3");
    List<String> command = new ArrayList<>(List.of(python.split(" ", -1)));
    command.add(System.getenv().getOrDefault("SCRIPT", "src/jmh/python/training_speed.py"));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Map<String, Double> rates = new LinkedHashMap<>();
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", -1);
        rates.put(words[0], Double.valueOf(words[1]));
      }
    }
    if (process.waitFor() != 0) {
      throw new IOException(
          "Cannot run " + python + " (set PYTHON to an interpreter that has torch)");
    }
    return rates;
  }

  /** A network that learns random images. */
  private static final class Training implements AutoCloseable {
    private final Trainer trainer;
    private final Examples batch;
    private final Optional<float[]> start;

    Training(TrainingMethod method) throws IOException {
      Random random = new Random(0);
      float[] pixels = new float[BATCH * IMAGE.size()];
      float[] noise = new float[pixels.length];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = random.nextFloat();
        noise[i] = (random.nextFloat() - 0.5f) * 16 / 255;
      }
      int[] labels = random.ints(BATCH, 0, 10).toArray();
      this.batch =
          new Examples(LongStream.range(0, BATCH).toArray(), IMAGE, pixels, Optional.of(labels));
      this.start = method.attacks() ? Optional.of(noise) : Optional.empty();
      TrainingState state =
          TrainingState.of(
              PROGRAM, InitialWeights.draw(PROGRAM, Architectures.initialization(NETWORK), 0));
      this.trainer = Trainer.load(PROGRAM, recipe(method), state, Optional.empty());
    }

    void steps(int count) {
      for (int i = 0; i < count; i++) {
        trainer.step(batch, start, 0.01, i);
      }
    }

    @Override
    public void close() {
      trainer.close();
    }

    private static TrainingSpec recipe(TrainingMethod method) {
      TrainingAttack linf = new TrainingAttack(TrainingAttack.LINF, 8 / 255.0, 2 / 255.0, 10, true);
      return new TrainingSpec(
          "recipe",
          method,
          "train",
          1,
          BATCH,
          new OptimizerSpec(0.01, 0.9, 5e-4, false),
          new RateSchedule.Constant(),
          OptionalInt.empty(),
          false,
          0,
          method.attacks() ? Optional.of(linf) : Optional.empty(),
          AttackMode.EVALUATION,
          6,
          new EvaluationSpec(List.of("train"), List.of("benign"), 1, OptionalInt.empty()),
          WeightsFormat.PTH);
    }
  }
}
