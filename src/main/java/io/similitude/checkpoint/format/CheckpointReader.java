package io.similitude.checkpoint.format;

import io.similitude.checkpoint.tensor.MalformedException;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.StoredWeights;
import io.similitude.input.InputException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads the weights of a checkpoint in any supported format. The contents of a file are treated as
 * data. No class that it names is loaded, and no path in it is followed. Time and memory are
 * bounded by the file's size, not by the sizes in its headers.
 */
public final class CheckpointReader {
  private static final List<WeightFormat> FORMATS =
      Stream.concat(
              Stream.of(
                  new TorchZipFormat(),
                  new LegacyFormat(),
                  new SafetensorsIndexFormat(),
                  new SafetensorsFormat()),
              Stream.of(UnreadFormat.values()))
          .toList();

  private CheckpointReader() {}

  /**
   * Reads all readable tensors of a file on the local disk, by their paths in the file.
   *
   * @param name the location as the user wrote it, for messages
   * @throws InputException when the file cannot be read or is not a checkpoint; the message is one
   *     line with the reason
   */
  public static StateDict read(Path file, String name) {
    return read(WeightsFile.of(file, name));
  }

  /** As {@link #read(Path, String)}, including shards. */
  public static StateDict read(WeightsFile file) {
    return ask(file, CheckpointReader::readAll);
  }

  /**
   * Opens a file for its tensors and runs a query on them.
   *
   * @throws InputException as {@link #read(Path, String)}
   */
  public static <T> T withTensors(WeightsFile file, TensorQuestion<T> question) {
    return ask(
        file,
        f -> {
          try (StoredWeights weights = formatOf(f.path()).open(f)) {
            return question.ask(weights);
          }
        });
  }

  static StateDict readAll(WeightsFile file) throws IOException {
    try (StoredWeights weights = formatOf(file.path()).open(file)) {
      Map<String, String> paths = new LinkedHashMap<>();
      weights
          .tensors()
          .forEach(
              (path, tensor) -> {
                if (tensor.refusal().isEmpty()) {
                  paths.put(path, path);
                }
              });
      return weights.read(paths);
    }
  }

  /**
   * The names of the files that must be staged and passed along with the index of a sharded
   * checkpoint. Each is a plain file name in the folder of the index. Empty for a file that holds
   * its weights itself.
   *
   * @throws InputException as {@link #read(Path, String)}
   */
  public static List<String> shards(Path file, String name) {
    return ask(WeightsFile.of(file, name), f -> formatOf(f.path()).shards(f));
  }

  private static <T> T ask(WeightsFile file, Question<T> question) {
    try {
      return question.ask(file);
    } catch (IOException e) {
      throw new InputException("Cannot read checkpoint " + file.name() + ": " + reason(e), e);
    }
  }

  private static WeightFormat formatOf(Path file) throws IOException {
    requireRegular(file);
    FileHead head = FileHead.of(file);
    if (head.isEmpty()) {
      throw new MalformedException("it is empty");
    }
    return FORMATS.stream()
        .filter(format -> format.recognises(head))
        .findFirst()
        .orElseThrow(
            () -> new MalformedException("it is neither a file of torch.save nor safetensors"));
  }

  public static void requireRegular(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new MalformedException("it is a directory");
    }
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (!Files.isRegularFile(file)) {
      throw new MalformedException("it is not a regular file");
    }
  }

  /**
   * The reason for a failure. It leaves out the staged path that a file system's message begins
   * with, because the path means nothing to the user.
   */
  public static String reason(IOException e) {
    if (e instanceof MalformedException) {
      return e.getMessage();
    }
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "it may not be read (permission denied)";
    }
    return "reading it failed: "
        + (e instanceof FileSystemException failure ? failure.getReason() : e.getMessage());
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask(WeightsFile file) throws IOException;
  }

  @FunctionalInterface
  public interface TensorQuestion<T> {
    T ask(StoredWeights weights) throws IOException;
  }
}
