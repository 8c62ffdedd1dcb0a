package io.similitude.checkpoint;

import io.similitude.spec.InputException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads the weights of a checkpoint, whatever its format. What a file holds is data: no class that
 * it names is loaded, no path in it is followed, and time and memory are bounded by the file's
 * size, not by what its headers claim.
 */
public final class CheckpointReader {
  /** What DistributedDataParallel and DataParallel put before every name. */
  private static final String PARALLEL_PREFIX = "module.";

  private static final List<WeightFormat> FORMATS =
      Stream.concat(Stream.of(new TorchZipFormat()), Stream.of(UnreadFormat.values())).toList();

  private CheckpointReader() {}

  /**
   * The weights of a file on the local disk, without the prefix {@code module.} where all names
   * have it.
   *
   * @throws InputException when the file cannot be read or is no checkpoint, in one line that says
   *     why
   */
  public static StateDict read(Path file) {
    try {
      return formatOf(file).read(file).without(PARALLEL_PREFIX);
    } catch (IOException e) {
      throw new InputException("Cannot read checkpoint " + file + ": " + reason(e), e);
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
        .orElseThrow(() -> new MalformedException("it is not a file of torch.save"));
  }

  private static void requireRegular(Path file) throws IOException {
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

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "it may not be read (permission denied)";
    }
    return e instanceof MalformedException
        ? e.getMessage()
        : "reading it failed: " + e.getMessage();
  }
}
