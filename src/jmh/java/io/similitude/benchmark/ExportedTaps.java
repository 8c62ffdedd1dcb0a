package io.similitude.benchmark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import io.similitude.dataset.npy.NpyArray;
import io.similitude.files.FileAccess;
import io.similitude.network.Network;
import io.similitude.network.TorchEngine;
import io.similitude.program.Layer;
import io.similitude.program.Reduction;
import io.similitude.program.Taps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Whether every tap of an exported network gives what PyTorch's forward hooks saw, and what tapping
 * costs: a forward pass that gives out all values, against the untouched file's (of torch.export,
 * the program without taps) and the copies of those values (at most 1.15). One thread, as a Spark task has it; medians of passes that take
 * turns. With huge pages for activations ({@code THP_MEM_ALLOC_ENABLE=1}), as submit.sh has them:
 *
 * <pre>
 * python3 src/jmh/python/torchvision_exports.py target/torchvision
 * mvn -q -Pbenchmark -Dbenchmark=ExportedTaps verify
 * </pre>
 */
public final class ExportedTaps {
  private static final ImageShape IMAGE = new ImageShape(3, 224, 224);
  private static final int ROUNDS = 9;

  private ExportedTaps() {}

  public static void main(String[] arguments) throws IOException {
    TorchEngine.configure(1);
    Path folder = Path.of(arguments.length == 0 ? "target/torchvision" : arguments[0]);
    Examples examples = examples(folder.resolve("input.npy"));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().matches(".*\\.pt2?")).sorted().toList()) {
        new Comparison(file, examples).print();
      }
    }
  }

  private static Examples examples(Path npy) {
    float[] pixels = NpyArray.read(npy.toString(), FileAccess.local()).floats();
    int count = pixels.length / IMAGE.size();
    return new Examples(LongStream.range(0, count).toArray(), IMAGE, pixels, Optional.empty());
  }

  /** One exported network. */
  private static final class Comparison {
    private final ExportedFile file;
    private final Examples examples;

    Comparison(Path file, Examples examples) {
      this.file = ExportedFile.of(file, examples);
      this.examples = examples;
    }

    void print() throws IOException {
      Taps whole = new Taps(file.program().layers(), List.of(Reduction.WHOLE));
      Taps pooled = new Taps(file.program().layers(), List.of(Reduction.POOLED));
      try (Network bare = isScript() ? bare() : file.load(Taps.NONE);
          Network tapped = file.load(whole);
          Network reduced = file.load(pooled)) {
        print(check(tapped), measure(bare, tapped, reduced));
      }
    }

    private Network bare() throws IOException {
      return Network.load(file.file(), Optional.empty());
    }

    private boolean isScript() {
      return !file.file().toString().endsWith(".pt2");
    }

    private void print(String check, double[] seconds) {
      System.out.printf(
          Locale.ROOT,
          "%-22s %s; seconds: untapped %.3f, copies %.3f, tapped %.3f (%.2f of both), pooled %.3f (%.2f of the untapped)%n",
          file.file().getFileName(),
          check,
          seconds[0],
          seconds[1],
          seconds[2],
          seconds[2] / (seconds[0] + seconds[1]),
          seconds[3],
          seconds[3] / seconds[0]);
    }

    /** Medians of the untapped pass, of copying all values, of the tapped pass, and of a pooled. */
    private double[] measure(Network bare, Network tapped, Network pooled) {
      double[][] seconds = new double[4][ROUNDS];
      for (int round = -1; round < ROUNDS; round++) {
        double[] now = {seconds(bare), copies(tapped), seconds(tapped), seconds(pooled)};
        for (int i = 0; i < now.length && round >= 0; i++) {
          seconds[i][round] = now[i];
        }
      }
      return Arrays.stream(seconds).mapToDouble(Comparison::median).toArray();
    }

    private double seconds(Network network) {
      try (NDManager scope = network.newScope()) {
        long start = System.nanoTime();
        network.forward(scope, examples);
        return (System.nanoTime() - start) / 1e9;
      }
    }

    /** All copies are there at once, as the tapped values are. */
    private double copies(Network network) {
      try (NDManager scope = network.newScope()) {
        NDList values = network.forward(scope, examples);
        long start = System.nanoTime();
        values.forEach(NDArray::duplicate);
        return (System.nanoTime() - start) / 1e9;
      }
    }

    private static double median(double[] values) {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      return sorted[sorted.length / 2];
    }

    private String check(Network tapped) throws IOException {
      try (NDManager scope = tapped.newScope()) {
        return HookedValues.of(file.file())
            .compare(
                file.program().layers().stream().map(Layer::name).toList(),
                tapped.forward(scope, examples));
      }
    }
  }
}
