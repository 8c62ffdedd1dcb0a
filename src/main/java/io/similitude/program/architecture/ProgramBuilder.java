package io.similitude.program.architecture;

import static java.util.stream.Collectors.joining;

import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.dataset.image.ImageShape;
import io.similitude.program.FeatureAxis;
import io.similitude.program.InputNormalization;
import io.similitude.program.Program;
import io.similitude.program.Tap;
import io.similitude.program.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Describes a network call by call, with PyTorch's terms. The program's source, its layers, its
 * expected weights and its FLOPs follow from this one description.
 *
 * <p>The method of a module takes the module's name first. Without a name it is the function of
 * {@code torch.nn.functional}, which cannot be a layer. FLOPs count a multiplication and an
 * addition as two.
 */
final class ProgramBuilder {
  /** PyTorch's default for {@code BatchNorm2d}. */
  private static final String EPSILON = "1e-05";

  private static final String MOMENTUM = "0.1";

  /** The value in torchvision's networks for {@code LayerNorm}. */
  private static final String LAYER_EPSILON = "1e-06";

  private final Description description;
  private final Value input;

  ProgramBuilder(ImageShape images) {
    this(images, InputNormalization.NONE);
  }

  /** Describes a network that normalises its input, one number for each channel of the images. */
  ProgramBuilder(ImageShape images, InputNormalization normalization) {
    Value shown =
        new Value(
            Value.INPUT,
            List.of(images.channels(), images.height(), images.width()),
            FeatureAxis.FIRST);
    this.description = new Description(shown);
    this.input = normalization.isNone() ? shown : normalized(shown, normalization);
  }

  /** The images, normalised if the network does that. */
  Value input() {
    return input;
  }

  /** A square convolution without bias. */
  Value conv2d(String name, Value x, int channels, int kernel, int stride, int padding) {
    return conv2d(name, x, new Convolution(channels, kernel, stride, padding));
  }

  Value conv2d(String name, Value x, Convolution shape) {
    String weight = description.parameter(name + ".weight", shape.weight(x));
    String bias =
        shape.biased() ? "self." + description.parameter(name + ".bias", shape.channels()) : "None";
    return module(
        name,
        "Conv2d",
        description.value(
            shape.expression(weight, bias),
            shape.training(weight),
            List.of(x),
            shape.output(x),
            x.axis(),
            shape.flops(x)));
  }

  Value batchNorm2d(String name, Value x) {
    String weight = "self." + description.parameter(name + ".weight", x.channels());
    String bias = "self." + description.parameter(name + ".bias", x.channels());
    String mean = "self." + description.buffer(name + ".running_mean", x.channels());
    String variance = "self." + description.buffer(name + ".running_var", x.channels());
    unused(name + ".num_batches_tracked");
    String expression =
        "__torch__.similitude_batch_norm({0}, %s, %s, %s, %s, %s, )"
            .formatted(weight, bias, mean, variance, EPSILON);
    String factors =
        "__torch__.similitude_norm_factors(%s, %s, %s, )".formatted(weight, variance, EPSILON);
    BatchNorm norm = new BatchNorm(weight, bias, mean, variance, MOMENTUM, EPSILON);
    Value value =
        description.value(
            expression,
            TrainingForm.norm("{0}", norm),
            List.of(x),
            x.shape(),
            x.axis(),
            2 * x.elements());
    return description.tap(name, "BatchNorm2d", value, Optional.of(new Tap.Scaling(x, factors)));
  }

  Value relu(String name, Value x) {
    return activation(name, Activation.RELU, x);
  }

  Value relu(Value x) {
    return activation(Activation.RELU, x);
  }

  Value activation(String name, Activation function, Value x) {
    return module(name, function.type(), activation(function, x));
  }

  Value pool(String name, Pooling pooling, Value x) {
    return module(name, pooling.type(), pool(pooling, x));
  }

  /**
   * Adds a pooling. For the FLOPs, it uses each input value, or at least one input value for each
   * output value.
   */
  Value pool(Pooling pooling, Value x) {
    List<Integer> shape = pooling.output().of(x);
    long flops = Math.max(Value.elements(shape), x.elements());
    return description.value(pooling.expression(), x, shape, flops);
  }

  /** A linear map of the features in the last dimension of a value. */
  Value linear(String name, Value x, int features) {
    String weight = description.parameter(name + ".weight", features, last(x));
    String bias = description.parameter(name + ".bias", features);
    List<Integer> shape = new ArrayList<>(x.shape());
    shape.set(shape.size() - 1, features);
    Value made =
        description.value(
            "torch.linear({0}, self.%s, self.%s)".formatted(weight, bias),
            List.of(x),
            shape,
            FeatureAxis.LAST,
            2 * last(x) * Value.elements(shape));
    return module(name, "Linear", made);
  }

  /** The normalisation of the features at each position, in any dimension. */
  Value layerNorm(String name, String type, Value x) {
    String weight = description.parameter(name + ".weight", x.features());
    String bias = description.parameter(name + ".bias", x.features());
    String norm =
        "torch.layer_norm(%s, [%d], self.%s, self.%s, %s)"
            .formatted(
                x.axis() == FeatureAxis.FIRST ? "torch.permute({0}, [0, 2, 3, 1])" : "{0}",
                x.features(),
                weight,
                bias,
                LAYER_EPSILON);
    String expression =
        x.axis() == FeatureAxis.FIRST ? "torch.permute(%s, [0, 3, 1, 2])".formatted(norm) : norm;
    return module(name, type, description.value(expression, x, x.shape(), 5 * x.elements()));
  }

  /** The sum of two values of one shape. It is not a module. */
  Value add(Value a, Value b) {
    return description.elementwise("torch.add({0}, {1})", "torch.add_({0}, {1})", a, b);
  }

  /** Flattens the value of each example into one dimension. It is not a module. */
  Value flatten(Value x) {
    List<Integer> shape = List.of(Math.toIntExact(x.elements()));
    return description.view("torch.flatten({0}, 1)", x, shape, FeatureAxis.FIRST);
  }

  /** Adds a column of zeros on the right and a row of zeros below. It is not a module. */
  Value padRightAndBelow(Value x) {
    List<Integer> shape = List.of(x.channels(), x.height() + 1, x.width() + 1);
    return description.value("torch.constant_pad_nd({0}, [0, 1, 0, 1])", x, shape, 0);
  }

  /**
   * Records that a module, such as a container, returns a value at this point. From the second call
   * on, its name ends in the number of the call.
   */
  Value module(String name, String type, Value value) {
    return description.tap(name, type, value, Optional.empty());
  }

  /** Records a tensor that checkpoints may hold but evaluation does not use. */
  void unused(String name, long... shape) {
    description.unused(ExpectedTensor.unused(name, shape));
  }

  /** Concatenates the channels of several values of one size. It is not a module. */
  Value concatenate(List<Value> values) {
    int channels = values.stream().mapToInt(Value::channels).sum();
    Value first = values.get(0);
    String operands =
        IntStream.range(0, values.size()).mapToObj(i -> "{" + i + "}").collect(joining(", "));
    List<Integer> shape = List.of(channels, first.height(), first.width());
    return description.value("torch.cat([" + operands + "], 1)", values, shape, first.axis(), 0);
  }

  /** The description, for operations that are not modules of PyTorch. */
  Description description() {
    return description;
  }

  Program build(Value logits) {
    return description.program(logits);
  }

  private static long last(Value x) {
    return x.shape().get(x.shape().size() - 1);
  }

  private Value activation(Activation function, Value x) {
    return description.elementwise(function.expression(), function.inPlace(), x);
  }

  private Value normalized(Value x, InputNormalization normalization) {
    normalization.expected().forEach(description::unused);
    return description.value(normalization.of("{0}"), x, x.shape(), 2 * x.elements());
  }
}
