package io.similitude.job;

import static java.util.stream.Collectors.joining;

import io.similitude.dataset.Datasets;
import io.similitude.dataset.ImageShape;
import io.similitude.files.FileAccess;
import io.similitude.program.Architectures;
import io.similitude.program.Layer;
import io.similitude.program.LayerSelection;
import io.similitude.spec.NetworkSpec;
import io.similitude.spec.SweepSpec;
import java.util.List;
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
    ImageShape shape = Datasets.open(spec.dataset(), files).shape();
    for (NetworkSpec network : spec.networks().values()) {
      List<Layer> layers = Architectures.program(network, shape).layers();
      List<Layer> chosen = LayerSelection.choose(spec.layers(), layers);
      System.out.printf(
          "network %s of %s: %d of %d layers are tapped%n",
          network.name(), checkpoints(spec, network), chosen.size(), layers.size());
      System.out.println(table(layers, chosen));
    }
    return ExitStatus.DONE.code();
  }

  private static String checkpoints(SweepSpec spec, NetworkSpec network) {
    return spec.checkpoints().stream()
        .filter(checkpoint -> checkpoint.network().equals(network.name()))
        .map(checkpoint -> checkpoint.id())
        .collect(joining(", "));
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
