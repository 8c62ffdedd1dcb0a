package io.similitude.program.exported;

import io.similitude.program.FeatureAxis;
import io.similitude.program.Value;
import io.similitude.program.architecture.Operation;
import io.similitude.program.architecture.TrainingForm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The operations of a program, in the order in which they run. */
final class OperationList {
  private final List<Operation> operations = new ArrayList<>();

  /**
   * Adds an operation.
   *
   * @param text its expression
   * @param operands the values that it reads
   * @param shape the shape of its value for one example
   * @param shares whether its value may share the memory of its operands
   * @param flops the floating-point operations for one example
   * @return its value
   */
  Value add(String text, List<Value> operands, List<Integer> shape, boolean shares, double flops) {
    return add(text, TrainingForm.SAME, operands, shape, shares, flops);
  }

  /**
   * Adds an operation that differs in training.
   *
   * @param training its form in a training program
   */
  Value add(
      String text,
      TrainingForm training,
      List<Value> operands,
      List<Integer> shape,
      boolean shares,
      double flops) {
    Value value = new Value(operations.size(), shape, FeatureAxis.UNKNOWN);
    boolean alias = shares && !operands.isEmpty();
    operations.add(new Operation(text, "", training, alias, operands, value, (long) flops));
    return value;
  }

  /** A copy of the current value, because later operations may overwrite it. */
  Value atThisMoment(Value value) {
    boolean isLast = value.operation() == operations.size() - 1;
    return isLast ? value : add(value.variable(), List.of(value), value.shape(), true, 0);
  }

  List<Operation> list() {
    return Collections.unmodifiableList(operations);
  }
}
