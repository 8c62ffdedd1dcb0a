package io.similitude.network;

import ai.djl.engine.EngineException;
import io.similitude.checkpoint.exported.ExportArchive;
import io.similitude.checkpoint.match.WeightMatch;
import io.similitude.checkpoint.script.ArchiveWriter;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import io.similitude.input.InputException;
import io.similitude.program.Program;
import io.similitude.program.Taps;
import io.similitude.program.exported.GraphNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Tests a network of torch.export. It finds out whether PyTorch runs the network, and whether a
 * fixed number of examples can be freed.
 *
 * <p>The freed program is used if it gives, for several numbers of examples, what the program of
 * the file gives for the same images. They are the file's own sample input, and darker and brighter
 * versions of it, so that no two examples are the same.
 */
public final class GraphPrograms {
  /**
   * The allowed difference, relative to the largest logit. With another number of examples, sums
   * are computed in another order.
   */
  private static final float ROUNDING = 1e-4f;

  private final String file;
  private final GraphNetwork network;
  private final ExportArchive archive;
  private final ImageShape shape;
  private final NativeCalls calls;

  private GraphPrograms(
      String file,
      GraphNetwork network,
      ExportArchive archive,
      ImageShape shape,
      NativeCalls calls) {
    this.file = file;
    this.network = network;
    this.archive = archive;
    this.shape = shape;
    this.calls = calls;
  }

  /**
   * The program of a network.
   *
   * @param file its name, for messages
   * @param examples the examples to show if its batch is free
   * @throws InputException if PyTorch cannot run it, or it does not classify images of this shape
   */
  public static Program program(
      String file, GraphNetwork network, ExportArchive archive, Examples examples) {
    return program(file, network, archive, examples, NativeCalls.HERE);
  }

  /**
   * As {@link #program(String, GraphNetwork, ExportArchive, Examples)}.
   *
   * @param calls who runs the network
   */
  public static Program program(
      String file,
      GraphNetwork network,
      ExportArchive archive,
      Examples examples,
      NativeCalls calls) {
    GraphPrograms programs = new GraphPrograms(file, network, archive, examples.shape(), calls);
    Program program = network.program(examples.shape());
    if (program.fixedBatch().isEmpty()) {
      programs.run(program, examples);
      return program;
    }
    return programs.freed(program).orElse(program);
  }

  private Optional<Program> freed(Program fixed) {
    int batch = fixed.fixedBatch().orElseThrow();
    Optional<Examples> sample = archive.sample().map(this::variants);
    float[][] wanted = runInPasses(fixed, sample.orElseGet(() -> blank(batch)), batch);
    if (sample.isEmpty()) {
      return Optional.empty();
    }
    try {
      Program freed = network.freed(shape);
      for (int count : new int[] {2 * batch, batch + 1, 1}) {
        if (!same(wanted, run(freed, sample.get().slice(0, count)))) {
          return Optional.empty();
        }
      }
      return Optional.of(freed);
    } catch (InputException e) {
      // A fixed size does not fit another number of examples.
      return Optional.empty();
    }
  }

  /** The sample twice. In the second copy all pixels are changed, differently for each image. */
  private Examples variants(Tensor sample) {
    float[] pixels = sample.toFloats();
    float[] all = Arrays.copyOf(pixels, 2 * pixels.length);
    for (int i = 0; i < pixels.length; i++) {
      float share = 1f / (2 + i / shape.size());
      all[pixels.length + i] = 1 - pixels[i] * share;
    }
    return examples(all);
  }

  private Examples blank(int batch) {
    return examples(new float[batch * shape.size()]);
  }

  private Examples examples(float... pixels) {
    int count = pixels.length / shape.size();
    return new Examples(
        IntStream.range(0, count).asLongStream().toArray(), shape, pixels, Optional.empty());
  }

  private float[][] runInPasses(Program program, Examples examples, int batch) {
    float[][] logits = new float[examples.count()][];
    for (int from = 0; from < logits.length; from += batch) {
      float[][] some = run(program, examples.slice(from, from + batch));
      System.arraycopy(some, 0, logits, from, batch);
    }
    return logits;
  }

  private float[][] run(Program program, Examples examples) {
    try {
      Path written = Files.createTempFile("similitude-probe", ".pt");
      try {
        ArchiveWriter.write(
            written,
            program.module(
                Taps.NONE,
                WeightMatch.require("of the file", file, archive.weights(), program.weights())));
        String path = written.toString();
        ShownImages images = new ShownImages(examples);
        return calls.call(() -> logits(Path.of(path), images.examples()));
      } finally {
        Files.delete(written);
      }
    } catch (IOException e) {
      throw new InputException(
          "Cannot load network " + file + ": " + ExportedPrograms.reason(e), e);
    } catch (InputException e) {
      throw e.getMessage().startsWith("Cannot ")
          ? e
          : new InputException("Cannot load network " + file + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static float[][] logits(Path written, Examples examples) throws IOException {
    try (Network loaded = Network.load(written, Optional.empty())) {
      return loaded.logits(examples);
    } catch (EngineException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static boolean same(float[][] wanted, float[][] got) {
    for (int i = 0; i < got.length; i++) {
      float largest = 0;
      for (float value : wanted[i]) {
        largest = Math.max(largest, Math.abs(value));
      }
      for (int j = 0; j < got[i].length; j++) {
        if (!(Math.abs(wanted[i][j] - got[i][j]) <= ROUNDING * largest)) {
          return false;
        }
      }
    }
    return true;
  }
}
