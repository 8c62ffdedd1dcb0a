package io.similitude.checkpoint.exported;

import io.similitude.checkpoint.format.WeightsFile;
import io.similitude.checkpoint.tensor.MalformedException;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.checkpoint.torch.TorchArchive;
import io.similitude.input.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * An archive of torch.export as data: the graph of a network, its weights and its constants.
 * Nothing in it is executed or loaded. The amount of data read is bounded by the file's size. It
 * holds the whole file in memory.
 *
 * <p>PyTorch up to 2.7 writes one JSON text with pickled weights. From 2.8 on it writes {@code
 * models/model.json} with a record of raw elements for each weight.
 */
public final class ExportArchive {
  private static final String PICKLED = "serialized_exported_program.json";
  private static final String MODELS = "models/";
  private static final String JSON = ".json";
  private static final long LONGEST_GRAPH = 64 << 20;
  private static final long LONGEST_RECORD = Integer.MAX_VALUE - 8L;
  private static final int MOST_LOOKED_AT = 100_000;

  private final ExportedGraph graph;
  private final HeldTensors weights;
  private final StateDict constants;
  private final Optional<Tensor> sample;

  private ExportArchive(
      ExportedGraph graph, HeldTensors weights, StateDict constants, Optional<Tensor> sample) {
    this.graph = graph;
    this.weights = weights;
    this.constants = constants;
    this.sample = sample;
  }

  /** Whether a file is such an archive. The answer is no for a file that cannot be read. */
  public static boolean isOne(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      for (int i = 0; i < MOST_LOOKED_AT && entries.hasMoreElements(); i++) {
        if (isProgram(entries.nextElement().getName())) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Reads an archive.
   *
   * @param name the location as the user wrote it, for messages
   * @throws InputException when the file cannot be read or is not such an archive; the message is
   *     one line
   */
  public static ExportArchive read(Path file, String name) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new MalformedException("it is no regular file");
      }
      try (TorchArchive archive =
          TorchArchive.open(file, ExportArchive::isProgram, ExportArchive::root)) {
        return read(archive, file, name);
      }
    } catch (IOException e) {
      throw new InputException("Cannot read exported network " + name + ": " + reason(e), e);
    }
  }

  /** The graph of the network. */
  public ExportedGraph graph() {
    return graph;
  }

  /** The parameters and buffers, under the names of {@code state_dict()}. */
  public StateDict weights() {
    return weights.tensors();
  }

  /**
   * The first name of one of the {@link #weights}. A tensor that two modules share has two names.
   */
  public String original(String name) {
    return weights.originals().get(name);
  }

  /** The tensors that are not part of the {@code state_dict()}. */
  public StateDict constants() {
    return constants;
  }

  /**
   * The images that the network was exported with, if they are 32-bit floating-point numbers in the
   * file.
   */
  public Optional<Tensor> sample() {
    return sample;
  }

  private static ExportArchive read(TorchArchive archive, Path file, String name)
      throws IOException {
    if (archive.has(PICKLED)) {
      ExportedGraph graph = GraphReader.read(archive.read(PICKLED, LONGEST_GRAPH));
      return new ExportArchive(
          graph,
          pickled(archive, "serialized_state_dict.pt", needs(graph, true), file, name),
          pickled(archive, "serialized_constants.pt", needs(graph, false), file, name).tensors(),
          SampleInput.read(archive, "serialized_example_inputs.pt", file, graph));
    }
    requireLittleEndian(archive);
    String model =
        archive.records().stream().filter(ExportArchive::isModel).findFirst().orElseThrow();
    String stem = model.substring(MODELS.length(), model.length() - JSON.length());
    ExportedGraph graph = GraphReader.read(archive.read(model, LONGEST_GRAPH));
    return new ExportArchive(
        graph,
        raw(archive, "data/weights/", stem + "_weights_config.json"),
        raw(archive, "data/constants/", stem + "_constants_config.json").tensors(),
        SampleInput.read(archive, "data/sample_inputs/" + stem + ".pt", file, graph));
  }

  private static HeldTensors raw(TorchArchive archive, String folder, String list)
      throws IOException {
    return archive.has(folder + list) ? RawWeights.read(archive, folder, list) : HeldTensors.NONE;
  }

  /**
   * Reads what torch.save wrote into a record. It is an archive of its own and is read from a copy.
   */
  private static HeldTensors pickled(
      TorchArchive archive, String record, boolean needed, Path file, String name)
      throws IOException {
    if (!needed) {
      return HeldTensors.NONE;
    }
    Path copy = Files.createTempFile(file.toAbsolutePath().getParent(), "similitude-export", ".pt");
    try {
      Files.write(copy, archive.read(record, LONGEST_RECORD));
      return HeldTensors.read(WeightsFile.of(copy, record + " of " + name));
    } finally {
      Files.delete(copy);
    }
  }

  private static boolean needs(ExportedGraph graph, boolean weights) {
    return graph.inputs().stream()
        .anyMatch(
            input ->
                weights
                    ? input.kind() == GraphInput.Kind.PARAMETER
                        || input.kind() == GraphInput.Kind.BUFFER
                    : input.kind() == GraphInput.Kind.CONSTANT);
  }

  private static void requireLittleEndian(TorchArchive archive) throws IOException {
    if (archive.has("byteorder")
        && new String(archive.read("byteorder", 16), StandardCharsets.UTF_8).startsWith("big")) {
      throw new MalformedException(
          "its numbers are big-endian (export it on a little-endian machine)");
    }
  }

  private static boolean isProgram(String name) {
    return name.equals(PICKLED)
        || name.endsWith("/" + PICKLED)
        || isModel(name.substring(name.indexOf('/') + 1));
  }

  private static boolean isModel(String record) {
    return record.startsWith(MODELS)
        && record.endsWith(JSON)
        && record.indexOf('/', MODELS.length()) < 0;
  }

  /** The beginning of all record names. */
  private static String root(String program) {
    return program.endsWith(PICKLED)
        ? program.substring(0, program.length() - PICKLED.length())
        : program.substring(0, program.indexOf('/') + 1);
  }

  private static String reason(IOException e) {
    if (e instanceof MalformedException || e instanceof ZipException) {
      return e.getMessage();
    }
    return "reading it failed: "
        + (e instanceof FileSystemException failure ? failure.getReason() : e.getMessage());
  }
}
