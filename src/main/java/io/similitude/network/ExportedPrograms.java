package io.similitude.network;

import ai.djl.engine.EngineException;
import io.similitude.checkpoint.ArchiveWriter;
import io.similitude.dataset.Examples;
import io.similitude.input.InputException;
import io.similitude.program.ExportedNetwork;
import io.similitude.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out what an exported network does, by running it once. */
public final class ExportedPrograms {
  private static final Logger LOG = LoggerFactory.getLogger(ExportedPrograms.class);

  private ExportedPrograms() {}

  /**
   * The program of a network.
   *
   * @param examples shown to it; more than one, so that what belongs to each can be told from what
   *     belongs to none
   * @throws InputException if PyTorch cannot run it, or it does not classify images of this shape
   */
  public static Program program(String file, ExportedNetwork network, Examples examples) {
    if (network.isInlined()) {
      LOG.warn("{} is frozen or inlined: its layers are single operations, not modules", file);
    }
    try {
      Path archive = Files.createTempFile("similitude-probe", ".pt");
      try {
        ArchiveWriter.write(archive, network.probe());
        return network.program(calls(archive, examples), examples.count());
      } finally {
        Files.delete(archive);
      }
    } catch (IOException e) {
      throw new InputException("Cannot load network " + file + ": " + reason(e), e);
    }
  }

  private static String calls(Path archive, Examples examples) throws IOException {
    try (Network network = Network.load(archive, Optional.empty())) {
      return network.calls(examples);
    } catch (EngineException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Where PyTorch's explanation, which goes on for pages, says what happened. */
  private static String reason(IOException e) {
    List<String> lines =
        e.getMessage().lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    return lines.isEmpty() ? "PyTorch does not say why" : lines.get(0);
  }
}
