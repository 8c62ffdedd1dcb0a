package io.similitude.spec.reader;

import io.similitude.input.InputException;
import io.similitude.spec.CheckpointSpec;
import io.similitude.spec.ExportOptions;
import io.similitude.spec.Normalization;
import io.similitude.spec.WeightChoice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads {@code checkpoints:}. */
final class CheckpointsReader {
  private static final String STEM = "{stem}";

  /** The ending of a file's name: {@code .pth}, {@code .pth.tar}. */
  private static final String ENDING = "(\\.(pt|pth|safetensors\\.index|bin\\.index))?\\.[^.]*$";

  private final Locations locations;
  private final Collection<String> networks;
  private final Function<String, List<String>> glob;
  private final UniqueIds ids;
  private final TrainedReader trained;
  private boolean allExported = true;

  /**
   * A reader with the names of the spec's networks and a function that lists the files of a glob.
   * If there are no names, the network of a checkpoint is not checked.
   */
  CheckpointsReader(
      Locations locations,
      Collection<String> networks,
      Function<String, List<String>> glob,
      UniqueIds ids,
      TrainedReader trained) {
    this.ids = ids;
    this.trained = trained;
    this.locations = locations;
    this.networks = networks;
    this.glob = glob;
  }

  List<CheckpointSpec> read(SpecValue checkpoints) {
    List<CheckpointSpec> read = new ArrayList<>();
    allExported = checkpoints.isPresent();
    for (SpecValue item : checkpoints.someItems()) {
      item.section("every checkpoint").map(this::read).ifPresent(read::addAll);
    }
    return read;
  }

  /** The ids of the checkpoints that were read, even if they have other problems. */
  Collection<String> ids() {
    return ids.seen();
  }

  /** Whether some checkpoint has no network of its own and needs one of the spec. */
  boolean needNetworks() {
    return !allExported;
  }

  private List<CheckpointSpec> read(Section checkpoint) {
    SpecValue torchscript = checkpoint.optional("torchscript");
    SpecValue exported = checkpoint.optional("exported");
    if (torchscript.isPresent() && exported.isPresent()) {
      exported.refuse("must be left out where torchscript names the file");
    }
    SpecValue pattern = checkpoint.optional("glob");
    if (torchscript.isPresent() || exported.isPresent()) {
      return exported(checkpoint, exported.isPresent() ? exported : torchscript);
    }
    allExported = false;
    SpecValue train = checkpoint.optional("train");
    if (train.isPresent()) {
      return trained.read(
          checkpoint,
          train,
          network(checkpoint.required("network")),
          tags(checkpoint.optional("tags")));
    }
    return pattern.isPresent() ? several(checkpoint, pattern) : one(checkpoint);
  }

  private List<CheckpointSpec> exported(Section checkpoint, SpecValue written) {
    Optional<String> id = ids.read(checkpoint.required("id"));
    Optional<String> file = written.location(locations);
    ExportOptions options = options(checkpoint);
    Map<String, String> tags = tags(checkpoint.optional("tags"));
    return checkpoint
        .build(() -> CheckpointSpec.exported(id.orElseThrow(), file.orElseThrow(), options, tags))
        .stream()
        .toList();
  }

  private static ExportOptions options(Section checkpoint) {
    SpecValue normalize = checkpoint.optional("normalize");
    Normalization normalization = NormalizationReader.read(normalize);
    if (normalization.isFromCheckpoint()) {
      normalize.refuse("must be a mapping of mean and std: the file is network and weights in one");
    }
    return new ExportOptions(normalization, checkpoint.optional("output").text().orElse(""));
  }

  private List<CheckpointSpec> one(Section checkpoint) {
    Optional<String> id = ids.read(checkpoint.required("id"));
    Optional<String> network = network(checkpoint.required("network"));
    Optional<String> weights = checkpoint.required("weights").location(locations);
    WeightChoice choice = choice(checkpoint);
    Map<String, String> tags = tags(checkpoint.optional("tags"));
    return checkpoint
        .build(
            () ->
                new CheckpointSpec(id.orElseThrow(), network, weights.orElseThrow(), choice, tags))
        .stream()
        .toList();
  }

  /** A checkpoint for every file of a glob. */
  private List<CheckpointSpec> several(Section checkpoint, SpecValue pattern) {
    Map<String, String> files = files(checkpoint.required("id"), list(pattern));
    Optional<String> network = network(checkpoint.required("network"));
    WeightChoice choice = choice(checkpoint);
    Map<String, String> tags = tags(checkpoint.optional("tags"));
    return checkpoint
        .build(
            () ->
                files.entrySet().stream()
                    .map(
                        it -> new CheckpointSpec(it.getKey(), network, it.getValue(), choice, tags))
                    .toList())
        .orElse(List.of());
  }

  private static WeightChoice choice(Section checkpoint) {
    Optional<String> key = checkpoint.optional("key").text();
    Optional<String> prefix = checkpoint.optional("prefix").text();
    SpecValue ignore = checkpoint.optional("ignore");
    List<String> ignored =
        ignore.isPresent()
            ? ignore.oneOrMore().stream().map(SpecValue::text).flatMap(Optional::stream).toList()
            : List.of();
    return new WeightChoice(key, prefix, ignored);
  }

  private List<String> list(SpecValue pattern) {
    try {
      Optional<List<String>> files = pattern.location(locations).map(glob);
      if (files.filter(List::isEmpty).isPresent()) {
        pattern.refuse("must match a file");
      }
      return files.orElse(List.of()).stream().sorted(new NaturalOrder()).toList();
    } catch (InputException e) {
      pattern.refuse(e.getMessage());
      return List.of();
    }
  }

  /** The files by their checkpoints' ids. */
  private Map<String, String> files(SpecValue id, List<String> files) {
    Map<String, String> read = new LinkedHashMap<>();
    Optional<String> template = id.text();
    if (template.isPresent() && !template.get().contains(STEM)) {
      id.refuse("must hold " + STEM + ", a file's name without its ending");
      return read;
    }
    for (String file : files) {
      template
          .map(text -> text.replace(STEM, stem(file)))
          .flatMap(text -> ids.add(id, text))
          .ifPresent(text -> read.put(text, file));
    }
    return read;
  }

  private static String stem(String file) {
    return file.substring(file.lastIndexOf('/') + 1).replaceFirst(ENDING, "");
  }

  private Optional<String> network(SpecValue name) {
    return networks.isEmpty() ? name.text() : name.nameOf(networks);
  }

  private static Map<String, String> tags(SpecValue tags) {
    Map<String, String> read = new LinkedHashMap<>();
    tags.section("every tag")
        .map(Section::named)
        .orElse(Map.of())
        .forEach((key, value) -> value.text().ifPresent(text -> read.put(key, text)));
    return read;
  }
}
