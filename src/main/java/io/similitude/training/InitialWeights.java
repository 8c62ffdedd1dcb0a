package io.similitude.training;

import static java.util.stream.Collectors.toMap;

import io.similitude.attack.search.RandomSource;
import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.program.TrainingProgram;
import io.similitude.program.architecture.Initialization;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * The weights of an untrained network. A tensor's values depend only on the seed and the tensor's
 * name. So networks with the same architecture and seed start with the same weights, even if their
 * recipes differ.
 */
public final class InitialWeights {
  private static final String WEIGHT = ".weight";
  private static final String BIAS = ".bias";
  private static final double LINEAR_OF_VGG = 0.01;
  private static final double SCALE_OF_CONVNEXT = 1e-6;
  private static final double WEIGHT_OF_CONVNEXT = 0.02;
  private static final double POSITION_OF_VIT = 0.02;
  private static final double BIAS_OF_VIT = 1e-6;

  private final Initialization initialization;
  private final long seed;
  private final Map<String, ExpectedTensor> tensors;

  private InitialWeights(Initialization initialization, long seed, TrainingProgram program) {
    this.initialization = initialization;
    this.seed = seed;
    this.tensors = program.tensors().stream().collect(toMap(ExpectedTensor::name, it -> it));
  }

  /** Draws all tensors of a program. */
  public static StateDict draw(TrainingProgram program, Initialization initialization, long seed) {
    InitialWeights weights = new InitialWeights(initialization, seed, program);
    Map<String, Tensor> drawn = new LinkedHashMap<>();
    program.tensors().forEach(it -> drawn.put(it.name(), weights.draw(it)));
    return new StateDict(drawn);
  }

  private Tensor draw(ExpectedTensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.elements())];
    RandomSource.Stream random =
        RandomSource.named(seed, "initial weights", tensor.name()).example(0);
    DoubleSupplier distribution = distribution(tensor, random);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) distribution.getAsDouble();
    }
    return Tensor.of(values, tensor.shape());
  }

  private DoubleSupplier distribution(ExpectedTensor tensor, RandomSource.Stream random) {
    String name = tensor.name();
    if (name.endsWith(".running_mean")) {
      return constant(0);
    }
    if (name.endsWith(".running_var")) {
      return constant(1);
    }
    if (isOfNorm(name)) {
      return constant(name.endsWith(WEIGHT) ? 1 : 0);
    }
    return switch (initialization) {
      case TORCHVISION_CONVNEXT -> convNeXt(tensor, random);
      case TORCHVISION_VIT -> visionTransformer(tensor, random);
      default -> name.endsWith(BIAS) ? bias(weightOf(name), random) : weight(tensor, random);
    };
  }

  /** Whether a tensor is the weight or the bias of a normalisation. */
  private boolean isOfNorm(String name) {
    boolean isEither = name.endsWith(WEIGHT) || name.endsWith(BIAS);
    return isEither && weightOf(name).shape().length == 1;
  }

  /** The weight of the module that has this weight or bias. */
  private ExpectedTensor weightOf(String name) {
    return tensors.get(name.substring(0, name.lastIndexOf('.')) + WEIGHT);
  }

  private DoubleSupplier weight(ExpectedTensor weight, RandomSource.Stream random) {
    if (!weight.name().endsWith(WEIGHT)) {
      throw new IllegalStateException("No rule for the first value of " + weight.name());
    }
    long[] shape = weight.shape();
    if (initialization == Initialization.PYTORCH) {
      return uniform(weight, random);
    }
    if (shape.length == 2) {
      return initialization == Initialization.TORCHVISION_VGG
          ? normal(LINEAR_OF_VGG, random)
          : uniform(weight, random);
    }
    double area = Arrays.stream(shape).skip(2).reduce(1, (a, b) -> a * b);
    return normal(Math.sqrt(2 / (area * shape[0])), random);
  }

  private DoubleSupplier bias(ExpectedTensor weight, RandomSource.Stream random) {
    boolean isDrawn =
        initialization == Initialization.PYTORCH
            || initialization == Initialization.TORCHVISION_RESNET;
    return isDrawn ? uniform(weight, random) : constant(0);
  }

  private static DoubleSupplier convNeXt(ExpectedTensor tensor, RandomSource.Stream random) {
    if (tensor.name().endsWith(".layer_scale")) {
      return constant(SCALE_OF_CONVNEXT);
    }
    return tensor.name().endsWith(BIAS) ? constant(0) : normal(WEIGHT_OF_CONVNEXT, random);
  }

  private static DoubleSupplier visionTransformer(
      ExpectedTensor tensor, RandomSource.Stream random) {
    String name = tensor.name();
    if (name.endsWith(".pos_embedding")) {
      return normal(POSITION_OF_VIT, random);
    }
    if (name.equals("conv_proj.weight")) {
      return normal(Math.sqrt(1 / inputs(tensor)), random);
    }
    if (name.endsWith(".out_proj.weight")) {
      return uniform(tensor, random);
    }
    if (name.contains(".mlp.") && name.endsWith(BIAS)) {
      return normal(BIAS_OF_VIT, random);
    }
    if (name.contains(".mlp.") || name.endsWith(".in_proj_weight")) {
      double bound = Math.sqrt(6 / (inputs(tensor) + tensor.shape()[0]));
      return () -> random.uniform(-bound, bound);
    }
    return constant(0);
  }

  private static DoubleSupplier constant(double value) {
    return () -> value;
  }

  private static DoubleSupplier normal(double deviation, RandomSource.Stream random) {
    return () -> deviation * random.gaussian();
  }

  private static DoubleSupplier uniform(ExpectedTensor weight, RandomSource.Stream random) {
    double bound = 1 / Math.sqrt(inputs(weight));
    return () -> random.uniform(-bound, bound);
  }

  /** The inputs of one unit. */
  private static double inputs(ExpectedTensor weight) {
    return weight.elements() / (double) weight.shape()[0];
  }
}
