package io.similitude.benchmark;

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
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Extraction from a file of torch.export against the same network as TorchScript: the layers that
 * both have, with their Gram matrices, in turns; the ratio of each turn, and their median (at most
 * 1.03). One thread, as a Spark task has it; its own seconds, which others on the machine matter
 * less to than those of the clock. Also the forward passes without taps.
 *
 * <pre>
 * python3 src/jmh/python/torchvision_exports.py target/torchvision resnet50
 * mvn -q -Pbenchmark -Dbenchmark=ExportedSpeed verify
 * </pre>
 *
 * <p>Arguments: a folder, images in a batch, turns, networks.
 */
public final class ExportedSpeed {
  private static final ImageShape IMAGE = new ImageShape(3, 224, 224);

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Examples batch;
  private final int turns;

  private ExportedSpeed(Examples batch, int turns) {
    this.batch = batch;
    this.turns = turns;
  }

  public static void main(String[] arguments) throws IOException {
    TorchEngine.configure(1);
    Path folder = Path.of(argument(arguments, 0, "target/torchvision"));
    int images = Integer.parseInt(argument(arguments, 1, "8"));
    int turns = Integer.parseInt(argument(arguments, 2, "9"));
    Examples batch = examples(folder.resolve("input.npy"), images);
    for (String network : argument(arguments, 3, "resnet50").split(",", -1)) {
      new ExportedSpeed(batch, turns).compare(folder, network);
    }
  }

  private static String argument(String[] arguments, int place, String otherwise) {
    return arguments.length > place ? arguments[place] : otherwise;
  }

  /** The file's images over and over. */
  private static Examples examples(Path npy, int count) {
    float[] few = NpyArray.read(npy.toString(), FileAccess.local()).floats();
    float[] pixels = new float[count * IMAGE.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = few[i % few.length] / (1 + i / IMAGE.size());
    }
    return new Examples(LongStream.range(0, count).toArray(), IMAGE, pixels, Optional.empty());
  }

  private void compare(Path folder, String network) throws IOException {
    ExportedFile script = ExportedFile.of(folder.resolve(network + "_traced.pt"), batch);
    ExportedFile graph = ExportedFile.of(folder.resolve(network + "_exported.pt2"), batch);
    Set<String> both = names(graph);
    both.retainAll(names(script));
    System.out.printf("%s, %d layers, %d images%n", network, both.size(), batch.count());
    measure("without taps", script, Taps.NONE, graph, Taps.NONE);
    measure("with Gram matrices", script, grams(script, both), graph, grams(graph, both));
  }

  private static Set<String> names(ExportedFile file) {
    return file.program().layers().stream().map(Layer::name).collect(Collectors.toSet());
  }

  private static Taps grams(ExportedFile file, Set<String> names) {
    List<Layer> layers =
        file.program().layers().stream().filter(it -> names.contains(it.name())).toList();
    return new Taps(layers, List.of(Reduction.GRAM));
  }

  private void measure(
      String what, ExportedFile script, Taps scriptTaps, ExportedFile graph, Taps graphTaps)
      throws IOException {
    double[] scripted = new double[turns];
    double[] exported = new double[turns];
    double[] ratios = new double[turns];
    try (Network one = script.load(scriptTaps);
        Network other = graph.load(graphTaps)) {
      for (int turn = -1; turn < turns; turn++) {
        // Whoever comes second finds the memory that the first has used.
        boolean isEven = turn % 2 == 0;
        double first = seconds(isEven ? one : other);
        double second = seconds(isEven ? other : one);
        if (turn >= 0) {
          scripted[turn] = isEven ? first : second;
          exported[turn] = isEven ? second : first;
          ratios[turn] = exported[turn] / scripted[turn];
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "  %-18s TorchScript %.3f s, torch.export %.3f s, ratio %.3f (%.3f to %.3f; of the fastest %.3f)%n",
        what,
        median(scripted),
        median(exported),
        median(ratios),
        Arrays.stream(ratios).min().orElseThrow(),
        Arrays.stream(ratios).max().orElseThrow(),
        Arrays.stream(exported).min().orElseThrow() / Arrays.stream(scripted).min().orElseThrow());
  }

  private double seconds(Network network) {
    try (NDManager scope = network.newScope()) {
      long start = THREADS.getCurrentThreadCpuTime();
      network.forward(scope, batch);
      return (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
