package io.similitude.network;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.similitude.dataset.Examples;
import io.similitude.program.TrainingProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program that can train, loaded on a device. It owns native memory, so it must be closed. Only
 * one thread may use it at a time.
 */
public final class TrainableNetwork implements AutoCloseable {
  /** A setting for loading. Without it, the weights are inference tensors, which never change. */
  private static final Map<String, String> DIFFERENTIABLE = Map.of("trainParam", "true");

  /** The prefix that tells DJL which method of a program to run. */
  private static final String METHOD = "module_method:";

  private final Model model;
  private final Convolutions convolutions;

  private TrainableNetwork(Model model, Convolutions convolutions) {
    this.model = model;
    this.convolutions = convolutions;
  }

  /**
   * Loads an archive of a {@link TrainingProgram}, {@code <folder>/<name>.pt}.
   *
   * @param gpu the GPU's index; empty for the CPU
   * @throws IOException if PyTorch cannot load it
   */
  public static TrainableNetwork load(Path archive, Optional<Integer> gpu) throws IOException {
    Device device = TorchEngine.device(gpu);
    String file = archive.getFileName().toString();
    Model model = Model.newInstance(file, device, "PyTorch");
    try {
      String name = file.substring(0, file.lastIndexOf('.'));
      model.load(archive.toAbsolutePath().getParent(), name, DIFFERENTIABLE);
      TrainableNetwork network =
          new TrainableNetwork(
              model, Convolutions.of((PtSymbolBlock) model.getBlock(), gpu.isEmpty()));
      network.learn();
      return network;
    } catch (IOException | MalformedModelException | RuntimeException e) {
      model.close();
      throw new IOException("Cannot load archive " + file + ": " + e.getMessage(), e);
    }
  }

  /** The result of a step: the mean loss before the update, and the number of correct examples. */
  public record Step(float loss, int right) {}

  /**
   * Runs one step on a batch.
   *
   * @param method of {@link TrainingProgram}
   * @param batch with labels
   * @param start the start of the attack, added to the pixels; empty if the method has no attack
   * @param settings of {@link io.similitude.program.StepSetting}
   */
  public Step step(String method, Examples batch, Optional<float[]> start, double[] settings) {
    TorchEngine.prepareThread();
    try (NDManager scope = model.getNDManager().newSubManager()) {
      NDList arguments = new NDList(images(scope, batch, batch.pixels()), labels(scope, batch));
      start.ifPresent(pixels -> arguments.add(images(scope, batch, pixels)));
      arguments.add(scope.create(settings));
      float[] result = call(scope, method, arguments).toFloatArray();
      return new Step(result[0], Math.round(result[1]));
    }
  }

  /** The values of all tensors, in the order of {@link TrainingProgram#STATE}. */
  public List<float[]> state() {
    TorchEngine.prepareThread();
    try (NDManager scope = model.getNDManager().newSubManager();
        IValue state = IValueUtils.runMethod(block(), TrainingProgram.STATE)) {
      List<float[]> values = new ArrayList<>();
      for (PtNDArray tensor : state.toTensorArray((PtNDManager) scope)) {
        values.add(tensor.toFloatArray());
      }
      return values;
    }
  }

  @Override
  public void close() {
    model.close();
  }

  private void learn() {
    try (NDManager scope = model.getNDManager().newSubManager()) {
      call(scope, TrainingProgram.LEARN, new NDList(scope.create(0f)));
    }
  }

  /**
   * Runs a method with gradients. {@code IValueUtils.runMethod} would always run it in inference
   * mode. Programs switch the thread's gradient mode and do not switch it back when they fail.
   */
  private NDArray call(NDManager scope, String method, NDList arguments) {
    NDArray name = scope.create(0f);
    name.setName(METHOD + method);
    arguments.add(name);
    boolean recording = JniUtils.isGradMode();
    try {
      return convolutions.call(() -> IValueUtils.forward(block(), arguments, true).get(0));
    } finally {
      JniUtils.setGradMode(recording);
    }
  }

  private static NDArray images(NDManager scope, Examples batch, float[] pixels) {
    return ImageLayout.CHANNELS_FIRST.input(
        scope, new Examples(batch.ids(), batch.shape(), pixels, Optional.empty()));
  }

  private static NDArray labels(NDManager scope, Examples batch) {
    int[] labels = batch.labels().orElseThrow();
    long[] wide = new long[labels.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = labels[i];
    }
    return scope.create(wide);
  }

  private PtSymbolBlock block() {
    return (PtSymbolBlock) model.getBlock();
  }
}
