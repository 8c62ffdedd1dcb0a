package io.similitude.network;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import io.similitude.dataset.Examples;
import io.similitude.dataset.ImageShape;
import io.similitude.program.ExportedNetwork;
import io.similitude.program.Program;
import io.similitude.spec.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A program with its weights, loaded on a device. Owns native memory, so it is closed; may be used
 * by many threads at once until then.
 */
public final class Network implements Classifier, AutoCloseable {
  /** Loaded without it the weights are inference tensors, through which no gradient goes. */
  private static final Map<String, String> DIFFERENTIABLE = Map.of("trainParam", "true");

  private final Model model;

  private Network(Model model) {
    this.model = model;
  }

  /**
   * Loads an archive, {@code <folder>/<name>.pt}.
   *
   * @param gpu the GPU's index; on the CPU if empty
   * @throws IOException if PyTorch cannot load it
   */
  public static Network load(Path archive, Optional<Integer> gpu) throws IOException {
    Device device = gpu.map(TorchEngine::gpu).orElse(Device.cpu());
    String file = archive.getFileName().toString();
    Model model = Model.newInstance(file, device, "PyTorch");
    try {
      String name = file.substring(0, file.lastIndexOf('.'));
      model.load(archive.toAbsolutePath().getParent(), name, DIFFERENTIABLE);
      // Gradients go through the weights to the input, and never into the weights.
      model.getBlock().freezeParameters(true);
      // An export may have been saved in training mode.
      JniUtils.enableInferenceMode((PtSymbolBlock) model.getBlock());
      return new Network(model);
    } catch (IOException | MalformedModelException | RuntimeException e) {
      model.close();
      throw new IOException("Cannot load archive " + file + ": " + e.getMessage(), e);
    }
  }

  /** A scope for native memory on the network's device: what is made in it goes with it. */
  public NDManager newScope() {
    return model.getNDManager().newSubManager();
  }

  /**
   * One forward pass in evaluation mode.
   *
   * @param scope what the outputs belong to
   * @return the logits, then what the program's taps give
   */
  public NDList forward(NDManager scope, Examples examples) {
    NDArray input = scope.create(examples.pixels(), shape(examples));
    return block().forward(new ParameterStore(scope, false), new NDList(input), false);
  }

  @Override
  public float[][] logits(Examples examples) {
    try (NDManager scope = newScope()) {
      return rows(forward(scope, examples).get(0));
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>In evaluation mode: the network itself is only read. Many threads may do so at once, since
   * the mode that records a graph is a thread's own; DJL's gradient collector, one for the whole
   * process, is not used.
   *
   * @throws InputException if no gradient reaches the input
   */
  @Override
  public InputGradient inputGradient(Examples examples, UnaryOperator<float[][]> lossGradient) {
    boolean recording = JniUtils.isGradMode();
    JniUtils.setGradMode(true);
    try (NDManager scope = newScope()) {
      PtNDArray input = (PtNDArray) scope.create(examples.pixels(), shape(examples));
      input.setRequiresGradient(true);
      PtNDArray output = recorded(input);
      float[][] logits = rows(output);
      PtNDArray gradient = like(output, lossGradient.apply(logits));
      return new InputGradient(logits, backward(output, gradient, input));
    } finally {
      JniUtils.setGradMode(recording);
    }
  }

  /**
   * The Gram matrix of a value, n x anything, as the program's own taps make it: the upper triangle
   * of n x n.
   */
  public NDArray gram(NDArray value) {
    try (IValue argument = IValue.from((PtNDArray) value);
        IValue gram =
            IValueUtils.runMethod((PtSymbolBlock) block(), Program.GRAM_METHOD, argument)) {
      return gram.toTensor((PtNDManager) value.getManager());
    }
  }

  /** What {@link ExportedNetwork#CALLS_METHOD} says about a forward pass. */
  String calls(Examples examples) {
    try (NDManager scope = newScope()) {
      PtNDArray input = (PtNDArray) scope.create(examples.pixels(), shape(examples));
      try (IValue argument = IValue.from(input);
          IValue calls =
              IValueUtils.runMethod(
                  (PtSymbolBlock) block(), ExportedNetwork.CALLS_METHOD, argument)) {
        return calls.toStringValue();
      }
    }
  }

  @Override
  public void close() {
    model.close();
  }

  /** TorchScript, in evaluation mode. */
  Block block() {
    return model.getBlock();
  }

  /** A forward pass that records its graph, in evaluation mode as the block was loaded. */
  private PtNDArray recorded(PtNDArray input) {
    // Not block.forward(..., true): that puts the block into training mode.
    return (PtNDArray) IValueUtils.forward((PtSymbolBlock) block(), new NDList(input), true).get(0);
  }

  private static float[] backward(PtNDArray logits, PtNDArray gradient, PtNDArray input) {
    try {
      JniUtils.backward(logits, gradient, false, false);
    } catch (EngineException e) {
      if (e.getMessage() != null && e.getMessage().contains("does not require grad")) {
        throw withoutGradient(e);
      }
      throw e;
    }
    try (PtNDArray reached = JniUtils.getGradient(input)) {
      if (reached == null) {
        throw withoutGradient(null);
      }
      return reached.toFloatArray();
    }
  }

  private static InputException withoutGradient(EngineException cause) {
    return new InputException(
        "Cannot attack the network: its logits have no gradient by its input (is it quantised, or"
            + " does it round or detach its input?)",
        cause);
  }

  private static PtNDArray like(PtNDArray logits, float[][] rows) {
    int classes = rows[0].length;
    float[] flat = new float[rows.length * classes];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * classes, classes);
    }
    return (PtNDArray) logits.getManager().create(flat, logits.getShape());
  }

  private static float[][] rows(NDArray logits) {
    float[] flat = logits.toFloatArray();
    int classes = flat.length / Math.toIntExact(logits.getShape().get(0));
    float[][] rows = new float[flat.length / classes][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(flat, i * classes, (i + 1) * classes);
    }
    return rows;
  }

  private static Shape shape(Examples examples) {
    ImageShape image = examples.shape();
    return new Shape(examples.count(), image.channels(), image.height(), image.width());
  }
}
