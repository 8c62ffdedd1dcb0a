package io.similitude.network;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
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
import ai.djl.training.ParameterStore;
import io.similitude.dataset.Examples;
import io.similitude.dataset.ImageShape;
import io.similitude.program.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A program with its weights, loaded on a device. Owns native memory, so it is closed; may be used
 * by many threads at once until then.
 */
public final class Network implements AutoCloseable {
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
      model.load(archive.toAbsolutePath().getParent(), file.substring(0, file.lastIndexOf('.')));
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

  @Override
  public void close() {
    model.close();
  }

  private Block block() {
    return model.getBlock();
  }

  private static Shape shape(Examples examples) {
    ImageShape image = examples.shape();
    return new Shape(examples.count(), image.channels(), image.height(), image.width());
  }
}
