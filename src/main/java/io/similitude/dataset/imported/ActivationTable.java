package io.similitude.dataset.imported;

import io.similitude.dataset.parquet.ParquetFile;
import io.similitude.files.FileAccess;
import io.similitude.files.ListedFile;
import io.similitude.input.InputException;
import io.similitude.input.Suggestions;
import io.similitude.spec.RepresentationSpec;
import io.similitude.spec.ViewSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The layers of a table of activations: of its folder, of the folder of one checkpoint or view in
 * it, or of one file. The paths below the named location give the checkpoint and the view. If they
 * do not, the spec gives them.
 */
final class ActivationTable {
  private final RepresentationSpec spec;
  private final String path;
  private final FileAccess files;

  ActivationTable(RepresentationSpec spec, String path, FileAccess files) {
    this.spec = spec;
    this.path = path;
    this.files = files;
  }

  /** All representations that the spec asks for, sorted by checkpoint, view and position. */
  List<FoundFeatures> find() {
    Map<Shown, ActivationScan> scans = new LinkedHashMap<>();
    for (ListedFile file : tables()) {
      shown(file.name())
          .ifPresent(
              shown -> scans.computeIfAbsent(shown, it -> new ActivationScan(files)).add(file));
    }
    List<FoundFeatures> found = new ArrayList<>();
    scans.forEach((shown, scan) -> found.addAll(found(shown, scan)));
    if (found.isEmpty()) {
      throw nothing(scans);
    }
    return found;
  }

  private List<ListedFile> tables() {
    if (!files.isFolder(path)) {
      return List.of(new ListedFile(path, files.info(path)));
    }
    return files.list(path).stream()
        .filter(file -> ParquetFile.isTable(file.name()))
        .map(file -> new ListedFile(path + "/" + file.name(), file.info()))
        .toList();
  }

  /**
   * The checkpoint and view of a file's rows, from its path and the spec. Empty if the spec asks
   * for others.
   */
  private Optional<Shown> shown(String location) {
    String below = location.substring(Math.min(location.length(), path.length()));
    Optional<String> checkpoint = partition("checkpoint", below);
    Optional<String> view = partition("view", below);
    boolean isOther = differ(checkpoint, spec.checkpoint()) || differ(view, spec.view());
    if (isOther) {
      return Optional.empty();
    }
    return Optional.of(
        new Shown(
            checkpoint.or(spec::checkpoint).orElseThrow(this::unnamed),
            view.or(spec::view).orElse(ViewSpec.BENIGN.id())));
  }

  private InputException unnamed() {
    return new InputException(
        "Cannot name the activations of %s: no folder checkpoint=... below it says what made them (add checkpoint: ID)"
            .formatted(path));
  }

  private static boolean differ(Optional<String> there, Optional<String> wanted) {
    return there.isPresent() && wanted.isPresent() && !there.equals(wanted);
  }

  private static Optional<String> partition(String column, String below) {
    Matcher found = Pattern.compile("/" + column + "=([^/]+)/").matcher(below);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  private List<FoundFeatures> found(Shown shown, ActivationScan scan) {
    return scan.layers().stream()
        .filter(layer -> spec.layer().map(layer.name()::equals).orElse(true))
        .sorted(Comparator.comparingInt(ActivationScan.Layer::position))
        .map(layer -> found(shown, layer))
        .toList();
  }

  private FoundFeatures found(Shown shown, ActivationScan.Layer layer) {
    String name = "layer %s of %s".formatted(layer.name(), path);
    ExampleIds examples = ExampleIds.named(name, layer.ids());
    TableFeatures source = layer.source();
    long[] first = {examples.ids()[0]};
    int width = source.holding(first).read(first, files)[0].length;
    return new FoundFeatures(
        shown.checkpoint(),
        shown.view(),
        layer.name(),
        "Activations",
        List.of(width),
        path,
        examples,
        layer.digest(),
        source);
  }

  private InputException nothing(Map<Shown, ActivationScan> scans) {
    List<String> layers =
        scans.values().stream()
            .flatMap(scan -> scan.layers().stream())
            .map(ActivationScan.Layer::name)
            .distinct()
            .toList();
    if (layers.isEmpty()) {
      return new InputException(
          "Cannot find activations %s in %s: it has no %s file with rows of them (name the folder activations of a run, or a file of it)"
              .formatted(spec.name(), path, ParquetFile.EXTENSION));
    }
    String wanted = spec.layer().orElseThrow();
    return new InputException(
        "Cannot find layer %s in %s: %s"
            .formatted(wanted, path, Suggestions.nearestAndAll(wanted, layers)));
  }

  private record Shown(String checkpoint, String view) {}
}
