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
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that convolutions are right on this processor.
 *
 * <p>PyTorch computes most convolutions on CPUs with oneDNN. It holds channels in blocks of 16 and
 * fills up the last block with zeros. On some processors (AMD EPYC of the fifth generation, with
 * PyTorch 2.7.1) the filling is not zero, so outputs and gradients are wrong, and sometimes NaN.
 * Networks whose channels come in whole blocks are not affected. So oneDNN is tried when the first
 * other network is loaded. If it is wrong, such networks run without it: PyTorch's own convolutions
 * are right and several times slower.
 *
 * <p>The switch is one for the whole process. So calls with oneDNN and calls without it wait for
 * each other, and a network gives the same bits whatever runs beside it.
 */
final class Convolutions {
  private static final Logger LOG = LoggerFactory.getLogger(Convolutions.class);

  private static final int BLOCK = 16;

  /** Several times the rounding of the sums that are compared. Wrong sums differ by 20. */
  private static final double TOLERANCE = 1e-2;

  /** What is known of oneDNN on this processor. */
  private enum OneDnn {
    UNTRIED,
    RIGHT,
    WRONG
  }

  private static final SharedSwitch SWITCH = new SharedSwitch(Convolutions::enableOneDnn);

  private static volatile OneDnn oneDnn = OneDnn.UNTRIED;

  private final boolean withoutOneDnn;

  private Convolutions(boolean withoutOneDnn) {
    this.withoutOneDnn = withoutOneDnn;
  }

  /**
   * How a network runs on this processor.
   *
   * @param onCpu whether it runs on the CPU
   * @throws IOException if its convolutions are wrong, and stay wrong without oneDNN
   */
  static Convolutions of(PtSymbolBlock network, boolean onCpu) throws IOException {
    boolean isAffected =
        onCpu
            && network.getDirectParameters().values().stream()
                .filter(Parameter::isInitialized)
                .anyMatch(it -> isAffected(it.getArray().getShape()));
    if (isAffected && oneDnn == OneDnn.UNTRIED) {
      tryOneDnn();
    }
    return new Convolutions(isAffected && oneDnn == OneDnn.WRONG);
  }

  /** Runs a call of the network. It must not be inside of another one. */
  <T> T call(Supplier<T> work) {
    return oneDnn == OneDnn.RIGHT ? work.get() : SWITCH.with(!withoutOneDnn, work);
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

  private static synchronized void tryOneDnn() throws IOException {
    if (oneDnn != OneDnn.UNTRIED) {
      return;
    }
    double wrong = SWITCH.with(true, Convolutions::error);
    if (wrong <= TOLERANCE) {
      oneDnn = OneDnn.RIGHT;
      return;
    }
    LOG.warn(
        "PyTorch's oneDNN gives wrong convolutions on this processor where the number of channels is not a multiple of {} (a sum was wrong by {}). Such networks run without it. Their numbers are right, but their convolutions are several times slower",
        BLOCK,
        wrong);
    double without;
    try {
      without = SWITCH.with(false, Convolutions::error);
    } catch (UnsatisfiedLinkError e) {
      throw new IOException(
          "Cannot run the network: PyTorch's oneDNN is wrong on this processor and cannot be switched off: %s (use a machine with another processor)"
              .formatted(e.getMessage()),
          e);
    }
    if (without > TOLERANCE) {
      throw new IOException(
          "Cannot run the network: PyTorch's convolutions are wrong on this processor, by %s (use a machine with another processor, or set ONEDNN_MAX_CPU_ISA=SSE41 in the environment)"
              .formatted(without));
    }
    oneDnn = OneDnn.WRONG;
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
        double difference = Math.abs(output[at] - sum);
        worst = Math.max(worst, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
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
  private static void enableOneDnn(boolean isOn) {
    NativeLibrary torch = NativeLibrary.getInstance("torch_cpu");
    Object[] none = {};
    Object context = torch.getFunction("_ZN2at13globalContextEv").invoke(Pointer.class, none);
    torch
        .getFunction("_ZN2at7Context20setUserEnabledMkldnnEb")
        .invoke(Void.class, new Object[] {context, (byte) (isOn ? 1 : 0)});
  }
}
