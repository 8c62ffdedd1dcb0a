package io.similitude.network;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.Block;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.similitude.dataset.Examples;
import io.similitude.input.InputException;
import io.similitude.program.Program;
import io.similitude.program.script.ExportedNetwork;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * A program with its weights, loaded on a device. It owns native memory, so it must be closed.
 * Until then, many threads may use it at the same time.
 */
public final class Network implements Classifier, AutoCloseable {
  /**
   * A setting for loading. Without it, the weights are inference tensors, and no gradient passes
   * through them.
   */
  private static final Map<String, String> DIFFERENTIABLE = Map.of("trainParam", "true");

  /** PyTorch's message when a program makes a view of memory that is not contiguous. */
  private static final String NOT_TOGETHER = "view size is not compatible";

  private final Model model;
  private final OptionalInt fixedBatch;

  private final Convolutions convolutions;

  /** The memory layout of the images that attacks show. */
  private volatile ImageLayout layout;

  private Network(
      Model model, Convolutions convolutions, ImageLayout layout, OptionalInt fixedBatch) {
    this.convolutions = convolutions;
    this.model = model;
    this.fixedBatch = fixedBatch;
    this.layout = layout;
  }

  /**
   * Loads an archive, {@code <folder>/<name>.pt}.
   *
   * @param gpu the GPU's index; empty for the CPU
   * @throws InputException if PyTorch rejects it
   * @throws IOException if its file cannot be read
   */
  public static Network load(Path archive, Optional<Integer> gpu) throws IOException {
    return load(archive, gpu, OptionalInt.empty());
  }

  /**
   * Loads an archive as {@link #load(Path, Optional)} does.
   *
   * @param fixedBatch the only number of examples that a pass accepts; smaller batches are padded,
   *     and the results for the padding are discarded
   */
  public static Network load(Path archive, Optional<Integer> gpu, OptionalInt fixedBatch)
      throws IOException {
    Device device = TorchEngine.device(gpu);
    String file = archive.getFileName().toString();
    Model model = Model.newInstance(file, device, "PyTorch");
    try {
      String name = file.substring(0, file.lastIndexOf('.'));
      model.load(archive.toAbsolutePath().getParent(), name, DIFFERENTIABLE);
      // Gradients pass through the weights to the input. The weights themselves get no gradients.
      model.getBlock().freezeParameters(true);
      // An export may have been saved in training mode.
      JniUtils.enableInferenceMode((PtSymbolBlock) model.getBlock());
      return new Network(
          model,
          Convolutions.of((PtSymbolBlock) model.getBlock(), gpu.isEmpty()),
          gpu.isPresent() ? ImageLayout.CHANNELS_FIRST : ImageLayout.CHANNELS_LAST,
          fixedBatch);
    } catch (EngineException | MalformedModelException e) {
      model.close();
      throw new InputException(
          "Cannot load the network: PyTorch rejects its program: " + TorchFailure.reason(e), e);
    } catch (IOException | RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /**
   * A scope for native memory on the network's device. Memory created in it is freed with it. Only
   * for the calling thread.
   */
  public NDManager newScope() {
    TorchEngine.prepareThread();
    return model.getNDManager().newSubManager();
  }

  /**
   * One forward pass in evaluation mode.
   *
   * @param scope the owner of the outputs
   * @return the logits, then the values of the program's taps
   */
  public NDList forward(NDManager scope, Examples examples) {
    NDList outputs = shown(scope, filled(examples));
    if (fixedBatch.orElse(examples.count()) == examples.count()) {
      return outputs;
    }
    NDIndex real = new NDIndex("0:" + examples.count());
    try (NDList whole = outputs) {
      return new NDList(whole.stream().map(output -> output.get(real).duplicate()).toList());
    }
  }

  @Override
  public float[][] logits(Examples examples) {
    return inLayout(
        filled(examples),
        (scope, input) -> Arrays.copyOf(rows(run(input).get(0)), examples.count()));
  }

  /**
   * {@inheritDoc}
   *
   * <p>It runs in evaluation mode, so the network itself is only read. Many threads may do this at
   * the same time, because each thread has its own mode for recording a graph. DJL's gradient
   * collector is not used, because there is only one for the whole process.
   *
   * @throws InputException if no gradient reaches the input
   */
  @Override
  public InputGradient inputGradient(Examples examples, UnaryOperator<float[][]> lossGradient) {
    Examples filled = filled(examples);
    int count = examples.count();
    InputGradient gradient =
        inLayout(
            filled,
            (scope, input) ->
                RecordedPass.run(
                    (PtSymbolBlock) block(),
                    input,
                    logits -> gradient(logits, count, lossGradient)));
    return filled == examples
        ? gradient
        : new InputGradient(
            Arrays.copyOf(gradient.logits(), count),
            Arrays.copyOf(gradient.pixels(), examples.pixels().length));
  }

  /**
   * The Gram matrix of a value of n rows and any further shape, computed as in the program's own
   * taps: the upper triangle of n x n.
   */
  public NDArray gram(NDArray value) {
    try (IValue argument = IValue.from((PtNDArray) value);
        IValue gram =
            IValueUtils.runMethod((PtSymbolBlock) block(), Program.GRAM_METHOD, argument)) {
      return gram.toTensor((PtNDManager) value.getManager());
    }
  }

  /** Computes the gradient. The loss is that of the real examples. Padding has no loss. */
  private static float[][] gradient(
      float[][] logits, int count, UnaryOperator<float[][]> lossGradient) {
    if (logits.length == count) {
      return lossGradient.apply(logits);
    }
    float[][] filled = new float[logits.length][logits[0].length];
    float[][] real = lossGradient.apply(Arrays.copyOf(logits, count));
    System.arraycopy(real, 0, filled, 0, count);
    return filled;
  }

  private Examples filled(Examples examples) {
    return fixedBatch.isEmpty() ? examples : examples.filledUp(fixedBatch.getAsInt());
  }

  /** Writes the program and its weights in the form that libtorch holds. */
  void write(Path archive) throws IOException {
    try (OutputStream out = Files.newOutputStream(archive)) {
      JniUtils.writeModule((PtSymbolBlock) block(), out, false);
    }
  }

  /** The output of {@link ExportedNetwork#CALLS_METHOD} for a forward pass. */
  String calls(Examples examples) {
    try (NDManager scope = newScope()) {
      PtNDArray input = ImageLayout.CHANNELS_FIRST.input(scope, examples);
      try (IValue argument = IValue.from(input);
          IValue calls =
              convolutions.call(
                  () ->
                      IValueUtils.runMethod(
                          (PtSymbolBlock) block(), ExportedNetwork.CALLS_METHOD, argument))) {
        return calls.toStringValue();
      }
    }
  }

  @Override
  public void close() {
    model.close();
  }

  /** The TorchScript block, in evaluation mode. */
  Block block() {
    return model.getBlock();
  }

  private NDList shown(NDManager scope, Examples examples) {
    try {
      return convolutions.call(() -> run(ImageLayout.CHANNELS_FIRST.input(scope, examples)));
    } catch (EngineException e) {
      throw TorchFailure.stopped(e);
    }
  }

  /**
   * Runs the program. {@code Block.forward} would hold a lock of the whole process during the first
   * pass of each network, so only one task could begin with a network at a time.
   */
  private NDList run(NDArray input) {
    return IValueUtils.forward((PtSymbolBlock) block(), new NDList(input), false);
  }

  /**
   * Runs in the faster layout. Once the program fails in it, the plain layout is used from then on.
   */
  private <T> T inLayout(Examples examples, BiFunction<NDManager, PtNDArray, T> pass) {
    try {
      return inKnownLayout(examples, pass);
    } catch (EngineException e) {
      throw TorchFailure.stopped(e);
    }
  }

  private <T> T inKnownLayout(Examples examples, BiFunction<NDManager, PtNDArray, T> pass) {
    ImageLayout tried = layout;
    try {
      return inLayout(tried, examples, pass);
    } catch (EngineException e) {
      if (tried == ImageLayout.CHANNELS_FIRST
          || e.getMessage() == null
          || !e.getMessage().contains(NOT_TOGETHER)) {
        throw e;
      }
      layout = ImageLayout.CHANNELS_FIRST;
      return inLayout(ImageLayout.CHANNELS_FIRST, examples, pass);
    }
  }

  private <T> T inLayout(
      ImageLayout layout, Examples examples, BiFunction<NDManager, PtNDArray, T> pass) {
    try (NDManager scope = newScope()) {
      return convolutions.call(() -> pass.apply(scope, layout.input(scope, examples)));
    }
  }

  /** The values of an output for each example, n rows of any further shape. */
  public static float[][] rows(NDArray output) {
    float[] flat = output.toFloatArray();
    float[][] rows = new float[Math.toIntExact(output.getShape().get(0))][];
    int width = flat.length / rows.length;
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
    }
    return rows;
  }
}
