package io.similitude.program.exported;

import static java.util.stream.Collectors.joining;

import io.similitude.checkpoint.exported.Argument;
import io.similitude.checkpoint.exported.GraphNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes calls of operators as TorchScript: {@code torch.conv2d(v3, weight=self.w1)}. */
final class Expressions {
  /** The device of the task, not the device of the export. */
  private static final String DEVICE = "x.device";

  /** Arguments that have no meaning for dense tensors in a task's own memory. */
  private static final Set<String> LEFT_OUT = Set.of("layout", "pin_memory");

  /** Arguments that are real numbers but that Python code may write as integers. */
  private static final Set<String> REAL =
      Set.of(
          "p",
          "eps",
          "epsilon",
          "momentum",
          "dropout_p",
          "scale",
          "scales",
          "scales_h",
          "scales_w",
          "scale_factors",
          "rtol",
          "atol",
          "dropout",
          "std",
          "sigma");

  /** Operators that create tensors without an operand. By default they use the CPU. */
  private static final Set<String> CREATING =
      Set.of(
          "arange",
          "zeros",
          "ones",
          "full",
          "empty",
          "eye",
          "linspace",
          "logspace",
          "scalar_tensor",
          "tril_indices",
          "triu_indices",
          "hann_window",
          "hamming_window",
          "blackman_window",
          "bartlett_window",
          "empty_strided",
          "empty_permuted",
          "range");

  private static final Map<String, String> LISTS =
      Map.of(
          "as_ints", "int",
          "as_sym_ints", "int",
          "as_floats", "float",
          "as_sym_floats", "float",
          "as_bools", "bool",
          "as_sym_bools", "bool",
          "as_strings", "str",
          "as_tensors", "Tensor",
          "as_optional_tensors", "Optional[Tensor]");

  private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9 _.,;:>+*/()\\[\\]-]*");
  private static final Pattern KEYWORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** The numbers of libtorch for the file's types of elements, from 1 on. */
  private static final int BOOL = 12;

  private static final int BFLOAT16 = 13;
  private static final int LIBTORCH_BFLOAT16 = 15;
  private static final int MOST_DIGITS = 400;

  /**
   * The numbers of libtorch for the file's memory formats. The file counts from 1, and "preserve"
   * is last.
   */
  private static final List<Integer> MEMORY_FORMATS = List.of(0, 0, 2, 3, 1);

  private final Names names;
  private final Refusal refusal;

  Expressions(Names names, Refusal refusal) {
    this.names = names;
    this.refusal = refusal;
  }

  /**
   * A call with its first argument by position and all others by name.
   *
   * @param operator a plain name
   * @param rewritten arguments that replace those of the graph, by name
   */
  String call(String operator, GraphNode node, Map<String, String> rewritten) {
    List<String> arguments = new ArrayList<>();
    boolean hasDevice = false;
    for (GraphNode.Input input : node.inputs()) {
      if (!LEFT_OUT.contains(input.name())) {
        String value = Optional.ofNullable(rewritten.get(input.name())).orElse("");
        value = value.isEmpty() ? argument(node, input.name(), input.value()) : value;
        arguments.add(arguments.isEmpty() ? value : keyword(node, input.name()) + "=" + value);
        hasDevice |= input.name().equals("device");
      }
    }
    if (CREATING.contains(operator) && !hasDevice) {
      arguments.add("device=" + DEVICE);
    }
    return "torch." + operator + "(" + String.join(", ", arguments) + ")";
  }

  /** An argument as TorchScript. */
  String argument(GraphNode node, String name, Argument argument) {
    if (name.equals("device")) {
      return DEVICE;
    }
    if (argument instanceof Argument.OfTensor tensor) {
      return names.expression(tensor.name());
    } else if (argument instanceof Argument.OfSymbol symbol) {
      return names.expression(symbol.name());
    } else if (argument instanceof Argument.Whole whole) {
      return whole(name, whole.value());
    } else if (argument instanceof Argument.Real real) {
      return real(real.value());
    } else if (argument instanceof Argument.Truth truth) {
      return truth.value() ? "True" : "False";
    } else if (argument instanceof Argument.Text text) {
      return quoted(node, text.value());
    } else if (argument instanceof Argument.Several several) {
      return list(node, name, several);
    } else if (argument instanceof Argument.Other other) {
      throw unreadable(node, other.kind());
    }
    return constant(argument);
  }

  /** The number of libtorch for a type of elements. */
  static String elementType(int code) {
    return Integer.toString(code <= BOOL || code > BFLOAT16 ? code - 1 : LIBTORCH_BFLOAT16);
  }

  private static String constant(Argument argument) {
    if (argument instanceof Argument.ElementType type) {
      return elementType(type.code());
    }
    if (argument instanceof Argument.MemoryFormat format) {
      return MEMORY_FORMATS.get(Math.min(format.code(), MEMORY_FORMATS.size() - 1)).toString();
    }
    return argument instanceof Argument.Place ? DEVICE : "None";
  }

  private static String whole(String name, long value) {
    // The smallest long has no literal.
    String digits = Long.toString(Math.max(value, -Long.MAX_VALUE));
    return REAL.contains(name) ? digits + ".0" : digits;
  }

  /** A real number with a point or an exponent, because digits alone would be an integer. */
  private static String real(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    BigDecimal exact = BigDecimal.valueOf(value);
    String text = exact.setScale(Math.max(1, exact.scale())).toPlainString();
    return text.length() > MOST_DIGITS ? Double.toString(value).replace('E', 'e') : text;
  }

  private String list(GraphNode node, String name, Argument.Several several) {
    String items =
        several.items().stream()
            .map(item -> argument(node, name, item))
            .collect(joining(", ", "[", "]"));
    String type = LISTS.get(several.kind());
    boolean isPlain = !several.items().isEmpty() && !type.startsWith("Optional");
    return isPlain ? items : "annotate(List[" + type + "], " + items + ")";
  }

  private String quoted(GraphNode node, String text) {
    if (!TEXT.matcher(text).matches()) {
      throw refusal.of(
          node, "one of its operators is given a text of unusual characters", "export it without");
    }
    return "\"" + text + "\"";
  }

  private String keyword(GraphNode node, String name) {
    if (!KEYWORD.matcher(name).matches()) {
      throw refusal.of(
          node, "one of its arguments has a name that is none", "is the file damaged?");
    }
    return name;
  }

  private RuntimeException unreadable(GraphNode node, String kind) {
    return kind.equals("as_graph")
        ? refusal.of(
            node,
            "it has branches, loops or blocks that are graphs of their own (%s)"
                .formatted(GraphChecks.shown(node.target())),
            "export it without control flow and without torch.no_grad() inside")
        : refusal.of(
            node,
            "%s is given an argument of kind %s, which no tensor operator needs"
                .formatted(GraphChecks.shown(node.target()), kind),
            "export it without");
  }
}
