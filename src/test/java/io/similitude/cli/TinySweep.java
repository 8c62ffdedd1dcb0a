package io.similitude.cli;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A sweep in a folder of its own that takes seconds: WideResNet-10-1, two checkpoints that differ
 * in the last digits, 16 of 50 images in batches of 8.
 */
public final class TinySweep {
  /** Layers of the default types in WideResNet-10-1. */
  public static final int LAYERS = 25;

  /** Images in the files. */
  static final int IMAGES = 50;

  static final int EXAMPLES = 16;
  public static final int BATCH = 8;

  private static final Path CHECKPOINTS = Path.of("src/test/resources/checkpoint");
  private static final Path IMAGE_FILES = Path.of("src/test/resources/io/similitude/dataset");

  private final Path folder;

  private TinySweep(Path folder) {
    this.folder = folder;
  }

  /** The sweep of the checkpoints {@code exact} and {@code half}. */
  public static TinySweep in(Path folder) throws IOException {
    TinySweep sweep = new TinySweep(folder);
    Files.createDirectories(folder);
    Files.copy(
        IMAGE_FILES.resolve("fashion-mnist-50-images-idx3-ubyte.gz"), sweep.path("images.gz"));
    Files.copy(
        IMAGE_FILES.resolve("fashion-mnist-50-labels-idx1-ubyte.gz"), sweep.path("labels.gz"));
    sweep.weights("exact", "wide_resnet_10_1_state_dict.pth");
    sweep.weights("half", "wide_resnet_10_1_state_dict_fp16.pth");
    sweep.checkpoints("exact", "half");
    return sweep;
  }

  /** Takes a file of src/test/resources/checkpoint for a checkpoint's weights. */
  public void weights(String checkpoint, String file) throws IOException {
    Files.copy(CHECKPOINTS.resolve(file), weights(checkpoint), StandardCopyOption.REPLACE_EXISTING);
  }

  public Path weights(String checkpoint) {
    return path(checkpoint + ".pth");
  }

  /** Writes the spec for these checkpoints. */
  public void checkpoints(String... ids) throws IOException {
    String list =
        Arrays.stream(ids)
            .map(
                id ->
                    "  - {id: %s, network: wrn, weights: %s.pth, tags: {made: by-%s}}%n"
                        .formatted(id, id, id))
            .collect(joining());
    Files.writeString(
        spec(),
        """
        sweep: tiny
        output: %s
        dataset:
          format: idx
          images: images.gz
          labels: labels.gz
          examples: %d
          transform: [{pad: 2}, {channels: 3}]
        batch: %d
        networks:
          wrn: {architecture: wide-resnet, depth: 10, width: 1, classes: 10}
        checkpoints:
        %s\
        """
            .formatted(folder.resolve("runs"), EXAMPLES, BATCH, list));
  }

  public Path spec() {
    return path("sweep.yaml");
  }

  /** Any file in the sweep's folder. */
  public Path path(String name) {
    return folder.resolve(name);
  }

  /** The run's folder, where the spec puts it. */
  Path run() {
    return path("runs/tiny");
  }

  /** Runs a command on the spec. */
  CommandResult command(String name, String... options) {
    return CommandResult.of(arguments(name, options));
  }

  String[] arguments(String name, String... options) {
    List<String> arguments = new ArrayList<>(List.of(name, spec().toString()));
    Collections.addAll(arguments, options);
    return arguments.toArray(String[]::new);
  }

  /** All of a folder's files and folders at another place. */
  static void copy(Path from, Path to) throws IOException {
    try (var tree = Files.walk(from)) {
      tree.forEach(path -> copyOne(path, to.resolve(from.relativize(path).toString())));
    }
  }

  private static void copyOne(Path from, Path to) {
    try {
      Files.copy(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
