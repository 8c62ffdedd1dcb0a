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

/** The description of a network so far: its operations, layers and weights, each in order. */
final class Description {
  private final Value images;
  private final List<Operation> operations = new ArrayList<>();
  private final List<Tap> taps = new ArrayList<>();
  private final List<NetworkTensor> tensors = new ArrayList<>();
  private final Map<String, Integer> calls = new HashMap<>();

  Description(Value images) {
    this.images = images;
  }

  /** A value in new memory. The dimension of its features is that of its operand. */
  Value value(String expression, Value x, List<Integer> shape, long flops) {
    return value(expression, List.of(x), shape, x.axis(), flops);
  }

  /** A value in new memory. */
  Value value(
      String expression, List<Value> operands, List<Integer> shape, FeatureAxis axis, long flops) {
    return value(expression, TrainingForm.SAME, operands, shape, axis, flops);
  }

  /**
   * A value in new memory.
   *
   * @param training its form in a training program
   */
  Value value(
      String expression,
      TrainingForm training,
      List<Value> operands,
      List<Integer> shape,
      FeatureAxis axis,
      long flops) {
    return add(new Operation(expression, "", training, false, operands, next(shape, axis), flops));
  }

  /**
   * A value that one operation computes element by element from the operands.
   *
   * @param inPlace the form that overwrites the first operand; empty if there is none
   */
  Value elementwise(String expression, String inPlace, Value... operands) {
    Value value = next(operands[0].shape(), operands[0].axis());
    return add(
        new Operation(
            expression,
            inPlace,
            TrainingForm.SAME,
            false,
            List.of(operands),
            value,
            value.elements()));
  }

  /** The same memory with another shape. */
  Value view(String expression, Value x, List<Integer> shape, FeatureAxis axis) {
    return add(
        new Operation(expression, "", TrainingForm.SAME, true, List.of(x), next(shape, axis), 0));
  }

  /** The attribute of a parameter. */
  String parameter(String name, long... shape) {
    return attribute(NetworkTensor.parameter(name, shape));
  }

  /** The attribute of a buffer. */
  String buffer(String name, long... shape) {
    return attribute(NetworkTensor.buffer(name, shape));
  }

  /** A tensor that checkpoints may hold but evaluation does not use. */
  void unused(ExpectedTensor tensor) {
    tensors.add(NetworkTensor.unused(tensor));
  }

  /**
   * Records that a module returns a value. From the second call on, its name ends in the number of
   * the call.
   */
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
