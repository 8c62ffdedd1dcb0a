package io.similitude.training;

import static java.util.stream.Collectors.toMap;

import io.similitude.attack.search.RandomSource;
import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.input.InputException;
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
      return () -> 0;
    }
    if (name.endsWith(".running_var")) {
      return () -> 1;
    }
    if (name.endsWith(BIAS)) {
      return bias(tensors.get(name.substring(0, name.length() - BIAS.length()) + WEIGHT), random);
    }
    if (name.endsWith(WEIGHT)) {
      return weight(tensor, random);
    }
    throw new InputException(
        "Cannot draw the first value of parameter %s: no rule is known for it (start from weights that are there)"
            .formatted(name));
  }

  private DoubleSupplier weight(ExpectedTensor weight, RandomSource.Stream random) {
    long[] shape = weight.shape();
    if (shape.length == 1) {
      return () -> 1;
    }
    if (initialization == Initialization.PYTORCH) {
      return uniform(weight, random);
    }
    if (shape.length == 2) {
      return initialization == Initialization.TORCHVISION_VGG
          ? () -> LINEAR_OF_VGG * random.gaussian()
          : uniform(weight, random);
    }
    double area = Arrays.stream(shape).skip(2).reduce(1, (a, b) -> a * b);
    double deviation = Math.sqrt(2 / (area * shape[0]));
    return () -> deviation * random.gaussian();
  }

  /** Draws the bias. The bias of a normalisation is 0. */
  private DoubleSupplier bias(ExpectedTensor weight, RandomSource.Stream random) {
    boolean isOfNorm = weight == null || weight.shape().length == 1;
    boolean isZero =
        switch (initialization) {
          case PYTORCH, TORCHVISION_RESNET -> isOfNorm;
          case WIDE_RESNET, TORCHVISION_VGG -> true;
        };
    return isZero ? () -> 0 : uniform(weight, random);
  }

  private static DoubleSupplier uniform(ExpectedTensor weight, RandomSource.Stream random) {
    double inputs = weight.elements() / (double) weight.shape()[0];
    double bound = 1 / Math.sqrt(inputs);
    return () -> random.uniform(-bound, bound);
  }
}
