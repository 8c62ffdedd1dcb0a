package io.similitude.program;

import io.similitude.checkpoint.ExpectedTensor;
import io.similitude.checkpoint.NormalizationBuffers;
import io.similitude.dataset.ImageShape;
import io.similitude.spec.Normalization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  private final Value images;
  private final Value input;
  private final List<Operation> operations = new ArrayList<>();
  private final List<Tap> taps = new ArrayList<>();
  private final List<NetworkTensor> tensors = new ArrayList<>();
  private final Map<String, Integer> calls = new HashMap<>();

  ProgramBuilder(ImageShape images) {
    this(images, Normalization.NONE);
  }

  /** Describes a network that normalises its input, one number for each channel of the images. */
  ProgramBuilder(ImageShape images, Normalization normalization) {
    this.images =
        new Value(Value.INPUT, List.of(images.channels(), images.height(), images.width()));
    this.input = normalization.isNone() ? this.images : normalize(normalization);
  }

  /** The images, normalised if the network does that. */
  Value input() {
    return input;
  }

  /** A square convolution without bias. */
  Value conv2d(String name, Value x, int channels, int kernel, int stride, int padding) {
    return convolution(name, x, new Convolution(channels, kernel, stride, padding), false);
  }

  /** A square convolution with a bias. */
  Value biasedConv2d(String name, Value x, int channels, int kernel, int stride, int padding) {
    return convolution(name, x, new Convolution(channels, kernel, stride, padding), true);
  }

  Value batchNorm2d(String name, Value x) {
    String weight = parameter(name + ".weight", x.channels());
    String bias = parameter(name + ".bias", x.channels());
    String mean = buffer(name + ".running_mean", x.channels());
    String variance = buffer(name + ".running_var", x.channels());
    unused(name + ".num_batches_tracked");
    String expression =
        "__torch__.similitude_batch_norm({0}, self.%s, self.%s, self.%s, self.%s, %s, )"
            .formatted(weight, bias, mean, variance, EPSILON);
    String factors =
        "__torch__.similitude_norm_factors(self.%s, self.%s, %s, )"
            .formatted(weight, variance, EPSILON);
    Value value = operation(expression, x, x.shape(), 2 * x.elements());
    return tap(name, "BatchNorm2d", value, Optional.of(new Tap.Scaling(x, factors)));
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
    long made = new Value(operations.size(), shape).elements();
    return operation(pooling.expression(), x, shape, Math.max(made, x.elements()));
  }

  Value linear(String name, Value x, int features) {
    long inputs = x.elements();
    String weight = parameter(name + ".weight", features, inputs);
    String bias = parameter(name + ".bias", features);
    String expression = "torch.linear({0}, self.%s, self.%s)".formatted(weight, bias);
    return module(
        name, "Linear", operation(expression, x, List.of(features), 2 * inputs * features));
  }

  /** The sum of two values of one shape; no module. */
  Value add(Value a, Value b) {
    Value value = next(a.shape());
    return add(
        new Operation(
            "torch.add({0}, {1})",
            "torch.add_({0}, {1})", false, List.of(a, b), value, value.elements()));
  }

  /** One dimension for each example; no module. */
  Value flatten(Value x) {
    Value value = next(List.of(Math.toIntExact(x.elements())));
    return add(new Operation("torch.flatten({0}, 1)", "", true, List.of(x), value, 0));
  }

  /** A column and a row of zeros, right and below; no module. */
  Value padRightAndBelow(Value x) {
    List<Integer> shape = List.of(x.channels(), x.height() + 1, x.width() + 1);
    return operation("torch.constant_pad_nd({0}, [0, 1, 0, 1])", x, shape, 0);
  }

  /**
   * Says that a module, a container say, returns a value at this point; called again, it has the
   * number of the call after its name.
   */
  Value module(String name, String type, Value value) {
    return tap(name, type, value, Optional.empty());
  }

  /** Says that checkpoints may hold a tensor which evaluation makes no use of. */
  void unused(String name, long... shape) {
    tensors.add(new NetworkTensor(ExpectedTensor.optional(name, shape), "", false));
  }

  Program build(Value logits) {
    return new DescribedProgram(images, operations, taps, tensors, logits);
  }

  private Value convolution(String name, Value x, Convolution shape, boolean biased) {
    String weight =
        parameter(name + ".weight", shape.channels(), x.channels(), shape.kernel(), shape.kernel());
    String bias = biased ? "self." + parameter(name + ".bias", shape.channels()) : "None";
    return module(
        name,
        "Conv2d",
        operation(shape.expression(weight, bias), x, shape.output(x), shape.flops(x)));
  }

  private Value activation(Activation function, Value x) {
    Value value = next(x.shape());
    return add(
        new Operation(
            function.expression(), function.inPlace(), false, List.of(x), value, value.elements()));
  }

  private Value normalize(Normalization normalization) {
    Constants mean = new Constants(normalization.mean());
    Constants std = new Constants(normalization.std());
    NormalizationBuffers.expected(mean.floats(), std.floats())
        .forEach(constant -> tensors.add(new NetworkTensor(constant, "", false)));
    String expression =
        "torch.div(torch.sub({0}, %s), %s)".formatted(mean.expression(), std.expression());
    return operation(expression, images, images.shape(), 2 * images.elements());
  }

  private Value operation(String expression, Value x, List<Integer> shape, long flops) {
    return add(Operation.of(expression, List.of(x), next(shape), flops));
  }

  private Value tap(String name, String type, Value value, Optional<Tap.Scaling> scaling) {
    int call = calls.merge(name, 1, Integer::sum) - 1;
    String called = call == 0 ? name : name + "#" + call;
    taps.add(new Tap(new Layer(taps.size(), called, type, value.shape()), value, scaling));
    return value;
  }

  private Value next(List<Integer> shape) {
    return new Value(operations.size(), shape);
  }

  private Value add(Operation operation) {
    operations.add(operation);
    return operation.value();
  }

  private String parameter(String name, long... shape) {
    return attribute(NetworkTensor.parameter(name, shape));
  }

  private String buffer(String name, long... shape) {
    return attribute(NetworkTensor.buffer(name, shape));
  }

  private String attribute(NetworkTensor tensor) {
    tensors.add(tensor);
    return tensor.attribute();
  }
}
