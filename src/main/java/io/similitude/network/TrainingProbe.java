package io.similitude.network;

import ai.djl.engine.EngineException;
import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.checkpoint.script.ArchiveWriter;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.dataset.Examples;
import io.similitude.input.InputException;
import io.similitude.program.StepSetting;
import io.similitude.program.TrainingProgram;
import io.similitude.program.Untrainable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a few steps of an exported network. So it is known before a training whether PyTorch has a
 * backward pass for all of its operators, and whether the steps could be repeated.
 */
public final class TrainingProbe {
  /** The number of steps that test whether a network draws random numbers. */
  private static final int REPETITIONS = 5;

  private TrainingProbe() {}

  /**
   * Takes a step with an attack, and the same step without one several times.
   *
   * @param file its name, for messages
   * @param weights at least those that the program changes
   * @param examples the examples to show
   * @param calls who runs the step
   * @throws InputException if PyTorch cannot take it, or it is another one each time
   */
  public static void requireSteps(
      String file,
      TrainingProgram program,
      StateDict weights,
      Examples examples,
      NativeCalls calls) {
    try {
      Path archive = Files.createTempFile("similitude-training-probe", ".pt");
      try {
        ArchiveWriter.write(archive, program.module(weights, zeros(program)));
        String path = archive.toString();
        ShownImages images = new ShownImages(examples);
        if (calls.call(() -> losses(Path.of(path), images.examples())) > 1) {
          throw new InputException(
              "its steps are not the same each time: it draws random numbers in training, so a training could not be repeated (export it with torch.export, where dropout can be repeated, or with a dropout of 0)");
        }
      } finally {
        Files.delete(archive);
      }
    } catch (IOException e) {
      throw Untrainable.because(
          file, reason(e) + " (train it with PyTorch, and compare its checkpoints)", e);
    } catch (InputException e) {
      throw Untrainable.because(file, e.getMessage(), e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** What PyTorch says, without what was tried. */
  private static String reason(IOException e) {
    return ExportedPrograms.reason(
        e.getCause() == null ? e : new IOException(e.getCause().getMessage(), e.getCause()));
  }

  /** The number of different losses of the same step, at a rate of 0. */
  private static Integer losses(Path archive, Examples shown) throws IOException {
    Examples batch =
        new Examples(
            shown.ids(), shown.shape(), shown.pixels(), Optional.of(new int[shown.count()]));
    double[] settings = StepSetting.values(Map.of(StepSetting.STEPS, 1.0));
    try (TrainableNetwork network = TrainableNetwork.load(archive, Optional.empty())) {
      network.step(
          TrainingProgram.ADVERSARIAL,
          batch,
          Optional.of(new float[shown.pixels().length]),
          settings);
      Set<Float> losses = new HashSet<>();
      for (int i = 0; i < REPETITIONS; i++) {
        losses.add(
            network.step(TrainingProgram.STANDARD, batch, Optional.empty(), settings).loss());
      }
      return losses.size();
    } catch (EngineException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static StateDict zeros(TrainingProgram program) {
    Map<String, Tensor> zeros = new LinkedHashMap<>();
    for (ExpectedTensor parameter : program.parameters()) {
      float[] values = new float[Math.toIntExact(parameter.elements())];
      zeros.put(parameter.name(), Tensor.of(values, parameter.shape()));
    }
    return new StateDict(zeros);
  }
}
