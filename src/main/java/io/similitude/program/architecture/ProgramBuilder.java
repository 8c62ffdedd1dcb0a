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
 * Describes a network call by call, in PyTorch's words; from the same lines follow the program's
 * source, its layers, the weights that it expects and its FLOPs.
 *
 * <p>A module's method takes the module's name first; without a name it is the function of {@code
 * torch.nn.functional}, which can be no layer. FLOPs count a multiplication and an addition as two.
 */
final class ProgramBuilder {
  /** PyTorch's default of {@code BatchNorm2d}. */
  private static final String EPSILON = "1e-05";

  /** That of torchvision's networks for {@code LayerNorm}. */
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
        description.value(shape.expression(weight, bias), x, shape.output(x), shape.flops(x)));
  }

  Value batchNorm2d(String name, Value x) {
    String weight = description.parameter(name + ".weight", x.channels());
    String bias = description.parameter(name + ".bias", x.channels());
    String mean = description.buffer(name + ".running_mean", x.channels());
    String variance = description.buffer(name + ".running_var", x.channels());
    unused(name + ".num_batches_tracked");
    String expression =
        "__torch__.similitude_batch_norm({0}, self.%s, self.%s, self.%s, self.%s, %s, )"
            .formatted(weight, bias, mean, variance, EPSILON);
    String factors =
        "__torch__.similitude_norm_factors(self.%s, self.%s, %s, )"
            .formatted(weight, variance, EPSILON);
    Value value = description.value(expression, x, x.shape(), 2 * x.elements());
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

  /** Takes a look at every value of its input, or makes each of its output from at least one. */
  Value pool(Pooling pooling, Value x) {
    List<Integer> shape = pooling.output().of(x);
    long flops = Math.max(Value.elements(shape), x.elements());
    return description.value(pooling.expression(), x, shape, flops);
  }

  /** Of the features that a value has along its last dimension. */
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

  /** The normalisation of each place's features, wherever they lie. */
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

  /** The sum of two values of one shape; no module. */
  Value add(Value a, Value b) {
    return description.elementwise("torch.add({0}, {1})", "torch.add_({0}, {1})", a, b);
  }

  /** One dimension for each example; no module. */
  Value flatten(Value x) {
    List<Integer> shape = List.of(Math.toIntExact(x.elements()));
    return description.view("torch.flatten({0}, 1)", x, shape, FeatureAxis.FIRST);
  }

  /** A column and a row of zeros, right and below; no module. */
  Value padRightAndBelow(Value x) {
    List<Integer> shape = List.of(x.channels(), x.height() + 1, x.width() + 1);
    return description.value("torch.constant_pad_nd({0}, [0, 1, 0, 1])", x, shape, 0);
  }

  /**
   * Says that a module, a container say, returns a value at this point; called again, it has the
   * number of the call after its name.
   */
  Value module(String name, String type, Value value) {
    return description.tap(name, type, value, Optional.empty());
  }

  /** Says that checkpoints may hold a tensor which evaluation makes no use of. */
  void unused(String name, long... shape) {
    description.unused(ExpectedTensor.optional(name, shape));
  }

  /** The channels of several values of one size, one after the other; no module. */
  Value concatenate(List<Value> values) {
    int channels = values.stream().mapToInt(Value::channels).sum();
    Value first = values.get(0);
    String operands =
        IntStream.range(0, values.size()).mapToObj(i -> "{" + i + "}").collect(joining(", "));
    List<Integer> shape = List.of(channels, first.height(), first.width());
    return description.value("torch.cat([" + operands + "], 1)", values, shape, first.axis(), 0);
  }

  /** What is no module of PyTorch's. */
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
