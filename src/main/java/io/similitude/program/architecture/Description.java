package io.similitude.program.architecture;

import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.program.FeatureAxis;
import io.similitude.program.Layer;
import io.similitude.program.NetworkTensor;
import io.similitude.program.Program;
import io.similitude.program.Tap;
import io.similitude.program.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What has been said of a network so far: its operations, layers and weights, each in order. */
final class Description {
  private final Value images;
  private final List<Operation> operations = new ArrayList<>();
  private final List<Tap> taps = new ArrayList<>();
  private final List<NetworkTensor> tensors = new ArrayList<>();
  private final Map<String, Integer> calls = new HashMap<>();

  Description(Value images) {
    this.images = images;
  }

  /** A value in memory of its own, whose features lie where those of its operand lie. */
  Value value(String expression, Value x, List<Integer> shape, long flops) {
    return value(expression, List.of(x), shape, x.axis(), flops);
  }

  /** A value in memory of its own. */
  Value value(
      String expression, List<Value> operands, List<Integer> shape, FeatureAxis axis, long flops) {
    return add(new Operation(expression, "", false, operands, next(shape, axis), flops));
  }

  /**
   * A value each element of which is made of the operands' elements in its place, by one operation.
   *
   * @param inPlace writes over the first operand; empty if there is no such form
   */
  Value elementwise(String expression, String inPlace, Value... operands) {
    Value value = next(operands[0].shape(), operands[0].axis());
    return add(
        new Operation(expression, inPlace, false, List.of(operands), value, value.elements()));
  }

  /** The same memory, seen as another shape. */
  Value view(String expression, Value x, List<Integer> shape, FeatureAxis axis) {
    return add(new Operation(expression, "", true, List.of(x), next(shape, axis), 0));
  }

  /** The attribute of a parameter. */
  String parameter(String name, long... shape) {
    return attribute(NetworkTensor.parameter(name, shape));
  }

  /** The attribute of a buffer. */
  String buffer(String name, long... shape) {
    return attribute(NetworkTensor.buffer(name, shape));
  }

  /** A tensor that checkpoints may hold, and evaluation makes no use of. */
  void unused(ExpectedTensor tensor) {
    tensors.add(NetworkTensor.unused(tensor));
  }

  /** A module returns a value; called again, it has the number of the call after its name. */
  Value tap(String name, String type, Value value, Optional<Tap.Scaling> scaling) {
    int call = calls.merge(name, 1, Integer::sum) - 1;
    String called = call == 0 ? name : name + "#" + call;
    Layer layer = new Layer(taps.size(), called, type, value.shape(), value.axis());
    taps.add(new Tap(layer, value, scaling));
    return value;
  }

  Program program(Value logits) {
    return new DescribedProgram(images, operations, taps, tensors, logits);
  }

  private Value next(List<Integer> shape, FeatureAxis axis) {
    return new Value(operations.size(), shape, axis);
  }

  private Value add(Operation operation) {
    operations.add(operation);
    return operation.value();
  }

  private String attribute(NetworkTensor tensor) {
    tensors.add(tensor);
    return tensor.attribute();
  }
}
