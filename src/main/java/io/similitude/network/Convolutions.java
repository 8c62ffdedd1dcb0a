package io.similitude.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.pytorch.engine.PtSymbolBlock;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that convolutions are right on this processor.
 *
 * <p>PyTorch computes most convolutions on CPUs with oneDNN. It holds channels in blocks of 16 and
 * fills up the last block with zeros. On some processors (AMD EPYC of the fifth generation, with
 * PyTorch 2.7.1) the filling is not zero, so outputs and gradients are wrong, and sometimes NaN.
 * Networks whose channels come in whole blocks are not affected. So oneDNN is tried when the first
 * other network is loaded. If it is wrong, it is switched off for this process: PyTorch's own
 * convolutions are right and several times slower.
 */
final class Convolutions {
  private static final Logger LOG = LoggerFactory.getLogger(Convolutions.class);

  private static final int BLOCK = 16;

  /** Several times the rounding of the sums that are compared. Wrong sums differ by 20. */
  private static final double TOLERANCE = 1e-2;

  private static boolean areRight;

  private Convolutions() {}

  /**
   * Makes sure that the convolutions of a network are right.
   *
   * @throws IOException if they are wrong on this processor, and stay wrong without oneDNN
   */
  static void require(PtSymbolBlock network) throws IOException {
    boolean isAffected =
        network.getDirectParameters().values().stream()
            .filter(Parameter::isInitialized)
            .anyMatch(it -> isAffected(it.getArray().getShape()));
    if (isAffected) {
      requireRight();
    }
  }

  /**
   * Whether a weight is that of a convolution with a block of channels that is not full. Single
   * pixels, groups of one channel, and the few channels of images have other ways.
   */
  static boolean isAffected(Shape weight) {
    if (weight.dimension() != 4 || weight.get(2) * weight.get(3) == 1 || weight.get(1) == 1) {
      return false;
    }
    return weight.get(0) % BLOCK != 0 || (weight.get(1) >= BLOCK && weight.get(1) % BLOCK != 0);
  }

  private static synchronized void requireRight() throws IOException {
    if (areRight) {
      return;
    }
    double wrong = error();
    if (wrong > TOLERANCE) {
      LOG.warn(
          "PyTorch's oneDNN gives wrong convolutions on this processor where the number of channels is not a multiple of {} (a sum was wrong by {}). It is switched off in this process. The numbers are right, but convolutions are several times slower",
          BLOCK,
          wrong);
      switchOff();
      wrong = error();
    }
    if (wrong > TOLERANCE) {
      throw new IOException(
          "Cannot run the network: PyTorch's convolutions are wrong on this processor, by %s (use a machine with another processor, or set ONEDNN_MAX_CPU_ISA=SSE41 in the environment)"
              .formatted(wrong));
    }
    areRight = true;
  }

  /**
   * The largest error of a convolution with 20 channels, against sums in float64. Channels that are
   * not zero in the last block add numbers of the size of the sums.
   */
  private static double error() {
    int examples = 16;
    int channels = BLOCK + 4;
    int side = 16;
    int kernel = 3;
    float[] images = numbers(examples * channels * side * side);
    float[] weights = numbers(BLOCK * channels * kernel * kernel);
    try (NDManager scope = NDManager.newBaseManager("PyTorch");
        NDArray x = scope.create(images, new Shape(examples, channels, side, side));
        NDArray w = scope.create(weights, new Shape(BLOCK, channels, kernel, kernel))) {
      float[] output = Conv2d.conv2d(x, w).singletonOrThrow().toFloatArray();
      int out = side - kernel + 1;
      double worst = 0;
      for (int at = 0; at < output.length; at++) {
        int column = at % out;
        int row = at / out % out;
        int to = at / (out * out) % BLOCK;
        int example = at / (out * out * BLOCK);
        double sum = 0;
        for (int from = 0; from < channels; from++) {
          for (int i = 0; i < kernel; i++) {
            for (int j = 0; j < kernel; j++) {
              int pixel = ((example * channels + from) * side + row + i) * side + column + j;
              int weight = ((to * channels + from) * kernel + i) * kernel + j;
              sum += (double) images[pixel] * weights[weight];
            }
          }
        }
        if (!(Math.abs(output[at] - sum) <= worst)) {
          worst = Math.abs(output[at] - sum);
        }
        if (Double.isNaN(worst)) {
          return Double.POSITIVE_INFINITY;
        }
      }
      return worst;
    }
  }

  private static float[] numbers(int count) {
    Random random = new Random(count);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  /** DJL has no such switch, so this calls the C++ functions behind that of Python. */
  private static void switchOff() throws IOException {
    try {
      NativeLibrary torch = NativeLibrary.getInstance("torch_cpu");
      Object[] none = {};
      Object context = torch.getFunction("_ZN2at13globalContextEv").invoke(Pointer.class, none);
      torch
          .getFunction("_ZN2at7Context20setUserEnabledMkldnnEb")
          .invoke(Void.class, new Object[] {context, (byte) 0});
    } catch (UnsatisfiedLinkError e) {
      throw new IOException(
          "Cannot run the network: PyTorch's oneDNN is wrong on this processor and cannot be switched off: %s (use a machine with another processor)"
              .formatted(e.getMessage()),
          e);
    }
  }
}
