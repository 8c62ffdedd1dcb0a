package io.similitude.network;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.similitude.input.InputException;
import java.util.function.UnaryOperator;

/** A forward pass that records its graph, and the backward pass through the graph to the input. */
final class RecordedPass {
  private RecordedPass() {}

  /** Runs a block in evaluation mode, as it was loaded. */
  static InputGradient run(
      PtSymbolBlock block, PtNDArray input, UnaryOperator<float[][]> lossGradient) {
    boolean recording = JniUtils.isGradMode();
    JniUtils.setGradMode(true);
    try {
      input.setRequiresGradient(true);
      // Not block.forward(..., true): that puts the block into training mode.
      PtNDArray output = (PtNDArray) IValueUtils.forward(block, new NDList(input), true).get(0);
      float[][] logits = Network.rows(output);
      PtNDArray gradient = like(output, lossGradient.apply(logits));
      return new InputGradient(logits, backward(output, gradient, input));
    } finally {
      JniUtils.setGradMode(recording);
    }
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
}
