package io.similitude.program.exported;

import java.util.List;
import java.util.Set;

/** Properties of allowed operators: which share memory, and how many FLOPs they take. */
final class Operators {
  private static final Set<String> VIEWS =
      Set.of(
          "view",
          "reshape",
          "_unsafe_view",
          "flatten",
          "unflatten",
          "transpose",
          "permute",
          "t",
          "expand",
          "expand_as",
          "select",
          "slice",
          "narrow",
          "squeeze",
          "unsqueeze",
          "detach",
          "alias",
          "contiguous",
          "dropout",
          "feature_dropout",
          "alpha_dropout",
          "chunk",
          "split",
          "split_with_sizes",
          "unbind",
          "movedim",
          "swapaxes",
          "view_as",
          "lift_fresh",
          "diagonal",
          "unfold",
          "to",
          "type_as",
          "positive",
          "real",
          "imag",
          "tensor_split",
          "as_strided");

  private static final Set<String> CONVOLUTIONS =
      Set.of(
          "conv1d",
          "conv2d",
          "conv3d",
          "convolution",
          "_convolution",
          "conv_transpose1d",
          "conv_transpose2d",
          "conv_transpose3d");

  private static final Set<String> PRODUCTS = Set.of("matmul", "mm", "bmm", "mv", "einsum");

  private Operators() {}

  /** Whether its result may share the memory of its first operand. */
  static boolean sharesMemory(String operator) {
    return VIEWS.contains(operator) || operator.endsWith("_");
  }

  /**
   * Floating-point operations. A multiplication and an addition count as two.
   *
   * @param shapes the shapes of the operands that are tensors, in order
   * @param made the number of elements of the result
   */
  static double flops(String operator, List<List<Long>> shapes, long made) {
    if (sharesMemory(operator) || shapes.isEmpty()) {
      return 0;
    }
    List<Long> last = shapes.get(Math.min(1, shapes.size() - 1));
    if (CONVOLUTIONS.contains(operator)) {
      return 2.0 * made * product(last) / Math.max(1, last.isEmpty() ? 1 : last.get(0));
    }
    if (operator.equals("linear") || PRODUCTS.contains(operator)) {
      return 2.0 * made * end(shapes.get(0));
    }
    if (operator.equals("addmm") || operator.equals("baddbmm")) {
      return 2.0 * made * end(last);
    }
    if (operator.contains("scaled_dot_product") && last.size() >= 2) {
      return 4.0 * product(shapes.get(0)) * last.get(last.size() - 2);
    }
    return made;
  }

  private static double product(List<Long> shape) {
    return shape.stream().mapToDouble(Long::doubleValue).reduce(1, (a, b) -> a * b);
  }

  private static double end(List<Long> shape) {
    return shape.isEmpty() ? 1 : shape.get(shape.size() - 1);
  }
}
