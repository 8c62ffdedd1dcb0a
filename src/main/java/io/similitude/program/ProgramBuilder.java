package io.similitude.program;

import io.similitude.checkpoint.ExpectedTensor;
import io.similitude.dataset.ImageShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Describes a network call by call, in PyTorch's words; from the same lines follow the program's
 * source, its layers, the weights that it expects and its FLOPs.
 *
 * <p>A module's method takes the module's name first. FLOPs count a multiplication and an addition
 * as two.
 */
final class ProgramBuilder {
  /** PyTorch's default of {@code BatchNorm2d}. */
  private static final String EPSILON = "1e-05";

  private final Value input;
  private final List<Operation> operations = new ArrayList<>();
  private final List<Tap> taps = new ArrayList<>();
  private final List<NetworkTensor> tensors = new ArrayList<>();

  ProgramBuilder(ImageShape input) {
    this.input = new Value(Value.INPUT, List.of(input.channels(), input.height(), input.width()));
  }

  /** The images. */
  Value input() {
    return input;
  }

  /** A square convolution without bias. */
  Value conv2d(String name, Value x, int channels, int kernel, int stride, int padding) {
    String weight = parameter(name + ".weight", channels, x.channels(), kernel, kernel);
    List<Integer> shape =
        List.of(
            channels,
            side(x.height(), kernel, stride, padding),
            side(x.width(), kernel, stride, padding));
    String expression =
        "torch.conv2d({0}, self.%s, None, [%d, %d], [%d, %d])"
            .formatted(weight, stride, stride, padding, padding);
    long products = (long) x.channels() * kernel * kernel;
    Value value = next(shape);
    return module(
        name,
        "Conv2d",
        add(Operation.of(expression, List.of(x), value, flops(value, 2 * products))));
  }

  Value batchNorm2d(String name, Value x) {
    String weight = parameter(name + ".weight", x.channels());
    String bias = parameter(name + ".bias", x.channels());
    String mean = buffer(name + ".running_mean", x.channels());
    String variance = buffer(name + ".running_var", x.channels());
    tensors.add(counter(name + ".num_batches_tracked"));
    String expression =
        "torch.batch_norm({0}, self.%s, self.%s, self.%s, self.%s, False, 0.1, %s, True)"
            .formatted(weight, bias, mean, variance, EPSILON);
    String factors =
        "torch.mul(self.%s, torch.rsqrt(torch.add(self.%s, %s)))"
            .formatted(weight, variance, EPSILON);
    Value value = add(Operation.of(expression, List.of(x), next(x.shape()), 2 * x.elements()));
    return tap(name, "BatchNorm2d", value, Optional.of(new Tap.Scaling(x, factors)));
  }

  Value relu(String name, Value x) {
    Value value = next(x.shape());
    return module(
        name,
        "ReLU",
        add(
            new Operation(
                "torch.relu({0})", "torch.relu_({0})", false, List.of(x), value, flops(value, 1))));
  }

  /** The mean over squares that lie side by side. */
  Value avgPool2d(String name, Value x, int kernel) {
    Value value =
        next(
            List.of(
                x.channels(),
                side(x.height(), kernel, kernel, 0),
                side(x.width(), kernel, kernel, 0)));
    String expression = "torch.avg_pool2d({0}, [%d, %d])".formatted(kernel, kernel);
    return module(
        name,
        "AvgPool2d",
        add(Operation.of(expression, List.of(x), value, flops(value, (long) kernel * kernel))));
  }

  Value linear(String name, Value x, int features) {
    long inputs = x.elements();
    String weight = parameter(name + ".weight", features, inputs);
    String bias = parameter(name + ".bias", features);
    String expression = "torch.linear({0}, self.%s, self.%s)".formatted(weight, bias);
    Value value = next(List.of(features));
    return module(
        name, "Linear", add(Operation.of(expression, List.of(x), value, flops(value, 2 * inputs))));
  }

  /** The sum of two values of one shape; no module. */
  Value add(Value a, Value b) {
    Value value = next(a.shape());
    return add(
        new Operation(
            "torch.add({0}, {1})",
            "torch.add_({0}, {1})", false, List.of(a, b), value, flops(value, 1)));
  }

  /** One dimension for each example; no module. */
  Value flatten(Value x) {
    Value value = next(List.of(Math.toIntExact(x.elements())));
    return add(new Operation("torch.flatten({0}, 1)", "", true, List.of(x), value, 0));
  }

  /** Says that a module, a container say, returns a value at this point. */
  Value module(String name, String type, Value value) {
    return tap(name, type, value, Optional.empty());
  }

  Program build(Value logits) {
    return new DescribedProgram(input, operations, taps, tensors, logits);
  }

  private Value tap(String name, String type, Value value, Optional<Tap.Scaling> scaling) {
    taps.add(new Tap(new Layer(taps.size(), name, type, value.shape()), value, scaling));
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
    tensors.add(NetworkTensor.parameter(name, shape));
    return tensors.get(tensors.size() - 1).attribute();
  }

  private String buffer(String name, long... shape) {
    tensors.add(NetworkTensor.buffer(name, shape));
    return tensors.get(tensors.size() - 1).attribute();
  }

  /** In checkpoints, but of no use to a network that is not trained. */
  private static NetworkTensor counter(String name) {
    return new NetworkTensor(ExpectedTensor.optional(name), "", false);
  }

  private static long flops(Value value, long each) {
    return Math.multiplyExact(value.elements(), each);
  }

  private static int side(int length, int kernel, int stride, int padding) {
    return (length + 2 * padding - kernel) / stride + 1;
  }
}
