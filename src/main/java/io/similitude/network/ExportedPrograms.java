package io.similitude.network;

import ai.djl.MalformedModelException;
import ai.djl.engine.EngineException;
import io.similitude.checkpoint.script.ArchiveWriter;
import io.similitude.checkpoint.script.ScriptArchive;
import io.similitude.dataset.Examples;
import io.similitude.input.InputException;
import io.similitude.program.Program;
import io.similitude.program.script.ExportedNetwork;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Determines the behaviour of an exported network by running it a few times. */
public final class ExportedPrograms {
  private static final Logger LOG = LoggerFactory.getLogger(ExportedPrograms.class);

  private static final String INTERPRETER = "The following operation failed";
  private static final String FAILED = "RuntimeError: ";

  /** The number of forward passes that test whether a network draws random numbers. */
  private static final int REPETITIONS = 4;

  /**
   * The allowed difference, relative to the largest logit. The same images next to other images are
   * computed in the same order.
   */
  private static final float ROUNDING = 1e-4f;

  private ExportedPrograms() {}

  /**
   * The program of a network.
   *
   * @param examples the examples to show; more than one, so that values for each example can be
   *     told from other values
   * @throws InputException if PyTorch cannot run it, or it does not classify images of this shape
   */
  public static Program program(String file, ExportedNetwork network, Examples examples) {
    return program(file, network, examples, NativeCalls.HERE);
  }

  /**
   * As {@link #program(String, ExportedNetwork, Examples)}.
   *
   * @param calls who runs the network
   */
  public static Program program(
      String file, ExportedNetwork network, Examples examples, NativeCalls calls) {
    if (network.isInlined()) {
      LOG.warn(
          "{} is frozen or inlined: its layers are single operations, not modules"
              + " (export it without torch.jit.freeze and torch.jit.optimize_for_inference)",
          file);
    }
    try {
      Path archive = Files.createTempFile("similitude-probe", ".pt");
      try {
        ArchiveWriter.write(archive, network.probe());
        return program(file, network, archive, examples, calls);
      } finally {
        Files.delete(archive);
      }
    } catch (IOException e) {
      throw new InputException("Cannot load network " + file + ": " + reason(e), e);
    }
  }

  private static Program program(
      String file, ExportedNetwork network, Path archive, Examples examples, NativeCalls calls)
      throws IOException {
    String path = archive.toString();
    ShownImages images = new ShownImages(examples);
    boolean mayBeRandom = network.mayBeRandom();
    try {
      Seen seen = calls.call(() -> see(file, Path.of(path), images.examples(), mayBeRandom));
      Program program =
          network.program(seen.calls(), examples.count(), examples.shape(), seen.dependent());
      if (seen.random()) {
        throw new InputException(
            "Cannot use network %s: its outputs for an image are not the same each time: it draws random numbers (call model.eval() before the export, and give F.dropout training=self.training)"
                .formatted(file));
      }
      return program;
    } catch (EngineException e) {
      throw new IOException(e.getMessage(), e);
    } catch (InputException e) {
      throw isOfTorch(e.getCause()) || !e.getMessage().startsWith("Cannot ")
          ? new InputException("Cannot load network " + file + ": " + e.getMessage(), e)
          : e;
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Loads a network and looks at it. */
  private static Seen see(String file, Path archive, Examples examples, boolean mayBeRandom)
      throws IOException {
    try (Network loaded = Network.load(archive, Optional.empty())) {
      // The code as libtorch understood it and writes it.
      loaded.write(archive);
      ExportedNetwork.requireAllowed(file, ScriptArchive.read(archive, file));
      String calls = loaded.calls(examples);
      if (!ExportedNetwork.classifies(calls, examples.count())) {
        return new Seen(calls, false, false);
      }
      boolean random = mayBeRandom && isRandom(loaded, examples);
      return new Seen(calls, random, !random && dependsOnOthers(loaded, examples));
    }
  }

  /**
   * What a network was seen to do.
   *
   * @param calls what {@link ExportedNetwork#CALLS_METHOD} says
   * @param random whether the same images gave other logits
   * @param dependent whether other images beside an image gave it other logits
   */
  private record Seen(String calls, boolean random, boolean dependent) implements Serializable {}

  private static boolean isOfTorch(Throwable cause) {
    return cause instanceof EngineException || cause instanceof MalformedModelException;
  }

  private static boolean isRandom(Network network, Examples examples) {
    float[][] first = network.logits(examples);
    for (int i = 0; i < REPETITIONS; i++) {
      if (!Arrays.deepEquals(first, network.logits(examples))) {
        return true;
      }
    }
    return false;
  }

  /** Whether the logits of the first example change when the last image is replaced. */
  private static boolean dependsOnOthers(Network network, Examples examples) {
    if (examples.count() < 2) {
      return false;
    }
    int size = examples.shape().size();
    float[] pixels = examples.pixels().clone();
    System.arraycopy(pixels, 0, pixels, pixels.length - size, size);
    for (int i = pixels.length - size; i < pixels.length; i++) {
      pixels[i] = 1 - pixels[i];
    }
    Examples others = new Examples(examples.ids(), examples.shape(), pixels, Optional.empty());
    return differ(network.logits(examples)[0], network.logits(others)[0]);
  }

  private static boolean differ(float[] logits, float[] others) {
    float largest = 0;
    float difference = 0;
    for (int i = 0; i < logits.length; i++) {
      largest = Math.max(largest, Math.abs(logits[i]));
      difference = Math.max(difference, Math.abs(logits[i] - others[i]));
    }
    return difference > ROUNDING * largest;
  }

  /**
   * The line of PyTorch's long explanation that says what happened. It is the first line. But if
   * the program failed while it ran, it is the last line with that beginning.
   */
  static String reason(IOException e) {
    List<String> lines =
        e.getMessage().lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    return lines.stream()
        .filter(line -> line.startsWith(FAILED))
        .reduce((first, last) -> last)
        .map(line -> line.substring(FAILED.length()))
        .or(() -> lines.stream().findFirst().map(first -> failure(e, first)))
        .orElse("PyTorch does not say why");
  }

  /** The interpreter says last what happened; other explanations say it first. */
  private static String failure(IOException e, String first) {
    return first.startsWith(INTERPRETER) ? TorchFailure.reason(e) : first;
  }
}
