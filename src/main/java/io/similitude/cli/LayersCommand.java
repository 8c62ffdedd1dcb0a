package io.similitude.cli;

import static java.util.stream.Collectors.joining;

import io.similitude.dataset.Dataset;
import io.similitude.dataset.DatasetListing;
import io.similitude.dataset.Datasets;
import io.similitude.dataset.imported.FoundFeatures;
import io.similitude.dataset.imported.ImportedRepresentations;
import io.similitude.execution.ErrorMessages;
import io.similitude.execution.HadoopSettings;
import io.similitude.files.FileAccess;
import io.similitude.input.InputException;
import io.similitude.plan.NetworkPrograms;
import io.similitude.program.Layer;
import io.similitude.program.LayerSelection;
import io.similitude.spec.CheckpointSpec;
import io.similitude.spec.Features;
import io.similitude.spec.NetworkSpec;
import io.similitude.spec.RepresentationSpec;
import io.similitude.spec.SweepSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the layers that can be tapped. */
@Command(
    name = "layers",
    mixinStandardHelpOptions = true,
    versionProvider = SimilitudeCommand.Provider.class,
    description = {
      "A table of the layers that can be tapped, in the order in which they run.",
      "The column features counts what is compared, pooled what pooling leaves; - where nothing tells"
          + " which dimension holds the features (layers: channels-first or channels-last).",
      "The column position says where a layer stands in the tables; - is one that the spec does not"
          + " choose."
    })
final class LayersCommand implements Callable<Integer> {
  private static final long[] NONE = {};

  @Mixin private SweepOptions options;

  @Override
  public Integer call() {
    FileAccess files = HadoopSettings.files();
    SweepSpec spec = options.read(files);
    Optional<DatasetListing> dataset = spec.dataset().map(it -> Datasets.list(it, files));
    ExitStatus checkpoints =
        dataset
            .map(it -> showNetworks(spec, new NetworkPrograms(files, it.open(files), spec)))
            .orElse(ExitStatus.DONE);
    ExitStatus others = showRepresentations(spec, files, dataset);
    return (checkpoints == ExitStatus.DONE ? others : checkpoints).code();
  }

  private static ExitStatus showNetworks(SweepSpec spec, NetworkPrograms programs) {
    ExitStatus status = ExitStatus.DONE;
    for (Map.Entry<NetworkSpec, String> network : checkpoints(spec).entrySet()) {
      try {
        show(spec, network.getKey(), network.getValue(), programs);
      } catch (InputException e) {
        if (network.getKey() instanceof NetworkSpec.BuiltIn) {
          throw e;
        }
        System.err.println("ERROR " + ErrorMessages.of(e.getMessage()));
        status = ExitStatus.SOME_FAILED;
      }
    }
    return status;
  }

  /**
   * Shows the representations that another program made. If one cannot be read, the others are
   * still shown.
   */
  private static ExitStatus showRepresentations(
      SweepSpec spec, FileAccess files, Optional<DatasetListing> dataset) {
    ExitStatus status = ExitStatus.DONE;
    TextTable table = new TextTable("representation", "type", "shape", "features", "examples");
    for (RepresentationSpec representation : spec.representations()) {
      try {
        Optional<DatasetListing> its =
            representation.data().isEmpty()
                ? dataset
                : representation
                    .data()
                    .map(spec.datasets()::get)
                    .map(it -> Datasets.list(it, files));
        new ImportedRepresentations(files, its)
            .find(representation, its.map(it -> examples(it, it.open(files))).orElse(NONE))
            .forEach(found -> table.add(row(found)));
      } catch (InputException e) {
        System.err.println("ERROR " + ErrorMessages.of(e.getMessage()));
        status = ExitStatus.SOME_FAILED;
      }
    }
    if (!spec.representations().isEmpty()) {
      System.out.print(table);
    }
    return status;
  }

  private static long[] examples(DatasetListing listing, Dataset dataset) {
    int used = listing.spec().examples().orElse(dataset.size());
    return LongStream.range(0, Math.min(used, dataset.size())).toArray();
  }

  private static Object[] row(FoundFeatures found) {
    return new Object[] {
      found.name(), found.type(), shape(found.shape()), found.features(), found.examples().count()
    };
  }

  private static void show(
      SweepSpec spec, NetworkSpec network, String checkpoints, NetworkPrograms programs) {
    List<Layer> layers =
        LayerSelection.told(
            spec.layers(),
            NetworkPrograms.onDriver(() -> programs.program(programs.find(network)).layers()));
    List<Layer> chosen = LayerSelection.choose(spec.layers(), layers);
    System.out.printf(
        "network %s of %s: %d of %d layers are tapped%n",
        network.name(), checkpoints, chosen.size(), layers.size());
    System.out.println(table(spec, layers, chosen));
  }

  /**
   * The networks, each with its checkpoints. Networks that belong to a single checkpoint come last.
   */
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

  private static String shape(List<Integer> sides) {
    return sides.stream().map(String::valueOf).collect(joining(" x "));
  }

  private static TextTable table(SweepSpec spec, List<Layer> layers, List<Layer> chosen) {
    TextTable table =
        new TextTable("index", "position", "name", "type", "shape", "features", "pooled");
    boolean pooled = spec.layers().features() == Features.POOLED;
    for (Layer layer : layers) {
      int position = chosen.indexOf(layer);
      Object means = layer.canBePooled() ? layer.pooledFeatures() : "-";
      table.add(
          layer.index(),
          position < 0 ? "-" : position,
          layer.name(),
          layer.type(),
          shape(layer.shape()),
          pooled ? means : layer.features(),
          means);
    }
    return table;
  }
}
