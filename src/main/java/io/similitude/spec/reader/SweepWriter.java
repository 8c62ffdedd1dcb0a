package io.similitude.spec.reader;

import io.similitude.spec.AttackSpec;
import io.similitude.spec.CheckpointSpec;
import io.similitude.spec.DatasetPart;
import io.similitude.spec.DatasetSource;
import io.similitude.spec.DatasetSpec;
import io.similitude.spec.FindingsSpec;
import io.similitude.spec.LayersSpec;
import io.similitude.spec.NetworkSpec;
import io.similitude.spec.Normalization;
import io.similitude.spec.ReportSpec;
import io.similitude.spec.RepresentationSource;
import io.similitude.spec.RepresentationSpec;
import io.similitude.spec.SweepSpec;
import io.similitude.spec.TransformSpec;
import io.similitude.spec.TransformSpec.CenterCrop;
import io.similitude.spec.TransformSpec.Channels;
import io.similitude.spec.TransformSpec.Pad;
import io.similitude.spec.TransformSpec.Resize;
import io.similitude.spec.ViewSpec;
import io.similitude.spec.WeightChoice;
import io.similitude.spec.key.Keyword;
import io.similitude.spec.measure.MeasureSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes a resolved spec in the format of a spec, for the record of a run. */
public final class SweepWriter {
  private SweepWriter() {}

  /**
   * The spec as ordered maps, lists, texts, numbers and truth values, with defaults filled in and
   * absent keys left out. User names and passwords in URIs are left out too.
   */
  public static Map<String, Object> tree(SweepSpec spec) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("sweep", spec.sweep());
    tree.put("output", Locations.withoutSecrets(spec.output()));
    tree.put("seed", spec.seed());
    putDatasets(tree, spec.datasets());
    tree.put("batch", spec.batch());
    spec.microBatch().ifPresent(size -> tree.put("micro-batch", size));
    Map<String, Object> networks = new LinkedHashMap<>();
    spec.networks().forEach((name, network) -> networks.put(name, network(network)));
    if (!networks.isEmpty()) {
      tree.put("networks", networks);
    }
    Map<String, Object> recipes = new LinkedHashMap<>();
    spec.recipes().forEach((name, recipe) -> recipes.put(name, RecipeWriter.tree(recipe)));
    if (!recipes.isEmpty()) {
      tree.put("training", recipes);
    }
    if (!spec.checkpoints().isEmpty()) {
      tree.put("checkpoints", spec.checkpoints().stream().map(SweepWriter::checkpoint).toList());
      tree.put("views", spec.views().stream().map(SweepWriter::view).toList());
    }
    if (!spec.representations().isEmpty()) {
      tree.put(
          "representations",
          spec.representations().stream().map(SweepWriter::representation).toList());
    }
    tree.put("layers", layers(spec.layers()));
    tree.put("activations", spec.activations().keyword());
    tree.put("similarities", spec.similarities().stream().map(SweepWriter::similarity).toList());
    tree.put("compare", spec.compare().keyword());
    tree.put("findings", findings(spec.findings()));
    if (!spec.report().equals(ReportSpec.DEFAULT)) {
      tree.put("report", ReportWords.tree(spec.report()));
    }
    return tree;
  }

  private static Object findings(FindingsSpec findings) {
    if (!findings.isWanted()) {
      return List.of();
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    if (!findings.groups().isEmpty()) {
      tree.put("groups", findings.groups());
    }
    tree.put("unit", findings.unit());
    tree.put("block", findings.block().orElse("none"));
    if (!findings.baseline().isEmpty()) {
      tree.put("baseline", findings.baseline());
    }
    tree.put("order", findings.order());
    findings
        .train()
        .ifPresent(run -> tree.put("overfitting", Map.of("train", Locations.withoutSecrets(run))));
    Map<String, Object> blocks = new LinkedHashMap<>();
    blocks.put("tau", findings.blocks().tau());
    blocks.put("contrast", findings.blocks().contrast());
    blocks.put("least", findings.blocks().least());
    tree.put("blocks", blocks);
    tree.put("permutations", findings.permutations());
    findings.correspondence().ifPresent(flag -> tree.put("correspondence", flag));
    findings.grams().ifPresent(flag -> tree.put("grams", flag));
    return tree;
  }

  private static void putDatasets(Map<String, Object> tree, Map<String, DatasetSpec> datasets) {
    if (datasets.keySet().equals(Set.of(SweepSpec.ONLY_DATASET))) {
      tree.put("dataset", dataset(datasets.get(SweepSpec.ONLY_DATASET)));
    } else if (!datasets.isEmpty()) {
      Map<String, Object> named = new LinkedHashMap<>();
      datasets.forEach((name, dataset) -> named.put(name, dataset(dataset)));
      tree.put("datasets", named);
    }
  }

  private static Map<String, Object> dataset(DatasetSpec dataset) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("format", dataset.format().keyword());
    tree.putAll(source(dataset.source()));
    if (dataset.skip() > 0) {
      tree.put("skip", dataset.skip());
    }
    dataset.examples().ifPresent(count -> tree.put("examples", count));
    tree.put("order", dataset.order().keyword());
    tree.put("transform", dataset.transforms().stream().map(SweepWriter::transform).toList());
    if (!dataset.unchecked().isEmpty()) {
      tree.put(
          "unchecked",
          dataset.unchecked().stream().sorted().map(DatasetSpec.Check::keyword).toList());
    }
    return tree;
  }

  private static Map<String, Object> source(DatasetSource source) {
    Map<String, Object> tree = new LinkedHashMap<>();
    if (source instanceof DatasetSource.Arrays arrays) {
      tree.put("images", Locations.withoutSecrets(arrays.images()));
      arrays.labels().map(Locations::withoutSecrets).ifPresent(at -> tree.put("labels", at));
    } else if (source instanceof DatasetSource.Folder folder) {
      tree.put("path", Locations.withoutSecrets(folder.path()));
      folder.split().ifPresent(split -> tree.put("split", split));
    } else if (source instanceof DatasetSource.Columns columns) {
      tree.put("path", Locations.withoutSecrets(columns.path()));
      columns.split().ifPresent(split -> tree.put("split", split));
      tree.put("image-column", columns.image());
      columns.label().ifPresent(column -> tree.put("label-column", column));
    }
    return tree;
  }

  private static Map<String, Integer> transform(TransformSpec transform) {
    if (transform instanceof Pad pad) {
      return Map.of("pad", pad.pixels());
    }
    if (transform instanceof Channels channels) {
      return Map.of("channels", channels.count());
    }
    if (transform instanceof Resize resize) {
      return Map.of("resize", resize.side());
    }
    return Map.of("center-crop", ((CenterCrop) transform).side());
  }

  private static Map<String, Object> network(NetworkSpec network) {
    Map<String, Object> tree = new LinkedHashMap<>();
    if (network instanceof NetworkSpec.BuiltIn builtIn) {
      tree.put("architecture", builtIn.architecture());
      tree.putAll(builtIn.parameters());
    } else if (network instanceof NetworkSpec.Exported exported) {
      tree.put(fileKey(exported.location()), Locations.withoutSecrets(exported.location()));
      putOutput(tree, exported.output());
    }
    putNormalization(tree, network.normalization());
    return tree;
  }

  private static void putOutput(Map<String, Object> tree, String output) {
    if (!output.isEmpty()) {
      tree.put("output", output);
    }
  }

  private static void putNormalization(Map<String, Object> tree, Normalization normalization) {
    if (normalization.source() != Normalization.Source.UNSAID) {
      tree.put("normalize", normalization(normalization));
    }
  }

  /**
   * The key for a file. Both keys accept both kinds of file; this one fits most files with such a
   * name.
   */
  private static String fileKey(String location) {
    return location.endsWith(".pt2") ? "exported" : "torchscript";
  }

  private static Object normalization(Normalization normalization) {
    if (normalization.isNone()) {
      return normalization.source().keyword();
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("mean", normalization.mean());
    tree.put("std", normalization.std());
    return tree;
  }

  private static Map<String, Object> checkpoint(CheckpointSpec checkpoint) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", checkpoint.id());
    String file = Locations.withoutSecrets(checkpoint.weights());
    if (checkpoint.network().isPresent()) {
      tree.put("network", checkpoint.network().get());
      tree.put("weights", file);
      WeightChoice choice = checkpoint.choice();
      choice.key().ifPresent(key -> tree.put("key", key));
      choice.prefix().ifPresent(prefix -> tree.put("prefix", prefix));
      if (!choice.ignore().isEmpty()) {
        tree.put("ignore", choice.ignore());
      }
    } else {
      tree.put(fileKey(checkpoint.weights()), file);
      putOutput(tree, checkpoint.options().output());
      putNormalization(tree, checkpoint.options().normalization());
    }
    if (!checkpoint.tags().isEmpty()) {
      tree.put("tags", checkpoint.tags());
    }
    return tree;
  }

  private static Map<String, Object> representation(RepresentationSpec representation) {
    Map<String, Object> tree = new LinkedHashMap<>();
    representation.data().ifPresent(name -> tree.put("data", name));
    representation.checkpoint().ifPresent(id -> tree.put("checkpoint", id));
    representation.view().ifPresent(id -> tree.put("view", id));
    representation.layer().ifPresent(name -> tree.put("layer", name));
    RepresentationSource source = representation.source();
    if (source instanceof DatasetPart part) {
      tree.put("source", part.keyword());
    } else if (source instanceof RepresentationSource.Npy npy) {
      tree.put("file", Locations.withoutSecrets(npy.file()));
      npy.exampleIds().map(Locations::withoutSecrets).ifPresent(at -> tree.put("example-ids", at));
    } else if (source instanceof RepresentationSource.Activations table) {
      tree.put("file", Locations.withoutSecrets(table.path()));
    }
    return tree;
  }

  private static Map<String, Object> view(ViewSpec view) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", view.id());
    view.data().ifPresent(name -> tree.put("data", name));
    if (view.attack().isPresent()) {
      AttackSpec attack = view.attack().get();
      tree.put("attack", attack.name());
      tree.putAll(attack.parameters());
      view.craftOn().ifPresent(checkpoint -> tree.put("craft-on", checkpoint));
      tree.put("keep-inputs", view.keepInputs());
    }
    return tree;
  }

  private static Map<String, Object> layers(LayersSpec layers) {
    Map<String, Object> tree = new LinkedHashMap<>();
    putIfAny(tree, "types", layers.types());
    putIfAny(tree, "include", layers.include());
    putIfAny(tree, "exclude", layers.exclude());
    layers.fraction().ifPresent(share -> tree.put("fraction", share));
    tree.put("features", layers.features().keyword());
    putIfAny(tree, "channels-first", layers.channelsFirst());
    putIfAny(tree, "channels-last", layers.channelsLast());
    return tree;
  }

  private static Map<String, Object> similarity(MeasureSpec similarity) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("metric", similarity.metric().keyword());
    similarity
        .settings()
        .forEach(
            (setting, value) ->
                tree.put(
                    setting.keyword(), value instanceof Keyword word ? word.keyword() : value));
    return tree;
  }

  private static void putIfAny(Map<String, Object> tree, String key, List<String> values) {
    if (!values.isEmpty()) {
      tree.put(key, values);
    }
  }
}
