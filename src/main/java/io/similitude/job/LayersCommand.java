package io.similitude.job;

import static java.util.stream.Collectors.joining;

import io.similitude.dataset.Datasets;
import io.similitude.files.FileAccess;
import io.similitude.program.Layer;
import io.similitude.program.LayerSelection;
import io.similitude.spec.CheckpointSpec;
import io.similitude.spec.InputException;
import io.similitude.spec.NetworkSpec;
import io.similitude.spec.SweepSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What can be tapped. */
@Command(
    name = "layers",
    mixinStandardHelpOptions = true,
    versionProvider = Similitude.Provider.class,
    description = {
      "A table of the layers that can be tapped, in the order in which they run.",
      "The column position says where a layer stands in the tables; - is one that the spec does not"
          + " choose."
    })
final class LayersCommand implements Callable<Integer> {
  @Mixin private SweepOptions options;

  @Override
  public Integer call() {
    FileAccess files = HadoopSettings.files();
    SweepSpec spec = options.read(files);
    Programs programs = new Programs(files, Datasets.open(spec.dataset(), files));
    ExitStatus status = ExitStatus.DONE;
    for (Map.Entry<NetworkSpec, String> network : checkpoints(spec).entrySet()) {
      try {
        show(spec, network.getKey(), network.getValue(), programs);
      } catch (InputException e) {
        if (network.getKey() instanceof NetworkSpec.BuiltIn) {
          throw e;
        }
        System.err.println("ERROR " + OneLine.of(e.getMessage()));
        status = ExitStatus.SOME_FAILED;
      }
    }
    return status.code();
  }

  private static void show(
      SweepSpec spec, NetworkSpec network, String checkpoints, Programs programs) {
    List<Layer> layers = Programs.onDriver(() -> programs.program(programs.find(network)).layers());
    List<Layer> chosen = LayerSelection.choose(spec.layers(), layers);
    System.out.printf(
        "network %s of %s: %d of %d layers are tapped%n",
        network.name(), checkpoints, chosen.size(), layers.size());
    System.out.println(table(layers, chosen));
  }

  /** The networks, each with its checkpoints; those that are a checkpoint's own come last. */
  private static Map<NetworkSpec, String> checkpoints(SweepSpec spec) {
    Map<NetworkSpec, String> checkpoints = new LinkedHashMap<>();
    spec.networks().values().forEach(network -> checkpoints.put(network, ""));
    for (CheckpointSpec checkpoint : spec.checkpoints()) {
      checkpoints.merge(
          spec.networkOf(checkpoint),
          checkpoint.id(),
          (some, one) -> some.isEmpty() ? one : some + ", " + one);
    }
    return checkpoints;
  }

  private static TextTable table(List<Layer> layers, List<Layer> chosen) {
    TextTable table = new TextTable("index", "position", "name", "type", "shape", "features");
    for (Layer layer : layers) {
      int position = chosen.indexOf(layer);
      table.add(
          layer.index(),
          position < 0 ? "-" : position,
          layer.name(),
          layer.type(),
          layer.shape().stream().map(String::valueOf).collect(joining(" x ")),
          layer.features());
    }
    return table;
  }
}
