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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Takes one step of an exported network. So it is known before a training whether PyTorch has a
 * backward pass for all of its operators.
 */
public final class TrainingProbe {
  private TrainingProbe() {}

  /**
   * Takes a step with an attack.
   *
   * @param file its name, for messages
   * @param weights at least those that the program changes
   * @param examples the examples to show
   * @param calls who runs the step
   * @throws InputException if PyTorch cannot take it
   */
  public static void requireStep(
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
        calls.call(() -> step(Path.of(path), images.examples()));
      } finally {
        Files.delete(archive);
      }
    } catch (IOException e) {
      throw new InputException(
          "Cannot train network %s: %s (train it with PyTorch, and compare its checkpoints)"
              .formatted(file, ExportedPrograms.reason(e)),
          e);
    } catch (InputException e) {
      throw new InputException("Cannot train network " + file + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Boolean step(Path archive, Examples shown) throws IOException {
    Examples batch =
        new Examples(
            shown.ids(), shown.shape(), shown.pixels(), Optional.of(new int[shown.count()]));
    try (TrainableNetwork network = TrainableNetwork.load(archive, Optional.empty())) {
      network.step(
          TrainingProgram.ADVERSARIAL,
          batch,
          Optional.of(new float[shown.pixels().length]),
          StepSetting.values(Map.of(StepSetting.STEPS, 1.0)));
      return true;
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
