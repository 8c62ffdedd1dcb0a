package io.similitude.program.exported;

import io.similitude.checkpoint.exported.Argument;
import io.similitude.checkpoint.exported.GraphNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the return values of module calls. A graph does not list them. The returned tensor of a
 * call is the one that is computed inside the call and used outside. If there are several, the
 * module returned a tuple or the like. If there is one, the recorded line of code may still show
 * that it was returned inside another object.
 */
final class ReturnedValue {
  private static final Pattern RETURN = Pattern.compile("(?:^|[\\s:;])return\\s+(.+)$");
  private static final Pattern FRAME = Pattern.compile("\\s*File \"(.*)\", line \\d+, in .*");
  private static final Pattern OBJECT = Pattern.compile("[A-Za-z_.]*\\b[A-Z]\\w*\\(.*");

  /** PyTorch's own modules that return tuples. */
  private static final Pattern TUPLES =
      Pattern.compile(
          "torch\\.nn\\.(?:modules\\.)?(?:activation\\.MultiheadAttention|rnn\\.(?:RNN|LSTM|GRU|LSTMCell))");

  /** PyTorch's other modules return a tensor, and their own lines are not always recorded. */
  private static final String PYTORCH = "torch.nn.";

  private final Map<String, Integer> lastUse = new HashMap<>();
  private final List<GraphNode> nodes;
  private final Set<String> made;

  /**
   * Finds the return values of the calls of a graph.
   *
   * @param made the tensors that depend on the images
   */
  ReturnedValue(List<GraphNode> nodes, List<Argument> outputs, Set<String> made) {
    this.nodes = nodes;
    this.made = made;
    for (int i = 0; i < nodes.size(); i++) {
      int place = i;
      nodes
          .get(i)
          .inputs()
          .forEach(input -> tensors(input.value()).forEach(name -> lastUse.put(name, place)));
    }
    outputs.forEach(output -> tensors(output).forEach(name -> lastUse.put(name, nodes.size())));
  }

  /** The tensor that a call returns; empty if it does not return exactly one tensor. */
  Optional<String> of(ModuleCall call) {
    List<String> used = used(call);
    return used.size() == 1 && wrapped(call).isEmpty()
        ? Optional.of(used.get(0))
        : Optional.empty();
  }

  /** The reason why a call that returns more than a tensor cannot be tapped; otherwise empty. */
  Optional<String> remark(ModuleCall call) {
    List<String> used = used(call);
    if (used.size() > 1) {
      return Optional.of("several tensors");
    }
    return used.isEmpty() ? Optional.empty() : wrapped(call);
  }

  /** The tensors that are computed inside and used outside, in order. */
  private List<String> used(ModuleCall call) {
    Set<String> used = new LinkedHashSet<>();
    for (int place : call.places()) {
      for (Argument output : nodes.get(place).outputs()) {
        for (String name : tensors(output)) {
          if (made.contains(name) && lastUse.getOrDefault(name, -1) > call.last()) {
            used.add(name);
          }
        }
      }
    }
    return new ArrayList<>(used);
  }

  /**
   * The kind of object that contains the returned tensor, if a recorded line of the module's own
   * code shows it.
   */
  private Optional<String> wrapped(ModuleCall call) {
    if (TUPLES.matcher(call.qualifiedType()).matches()) {
      return Optional.of("a tuple");
    }
    if (call.qualifiedType().startsWith(PYTORCH)) {
      return Optional.empty();
    }
    String line = "";
    for (int place : call.places()) {
      if (nodes.get(place).modules().size() == call.depth() + 1) {
        line = innermostLine(nodes.get(place));
      }
    }
    Matcher returned = RETURN.matcher(line);
    return returned.find() ? container(returned.group(1).strip()) : Optional.empty();
  }

  private static String innermostLine(GraphNode node) {
    List<String> lines = node.trace().lines().toList();
    for (int i = lines.size() - 2; i >= 0; i--) {
      if (FRAME.matcher(lines.get(i)).matches()) {
        return lines.get(i + 1).strip();
      }
    }
    return "";
  }

  private static Optional<String> container(String expression) {
    if (expression.startsWith("{") || expression.startsWith("dict(")) {
      return Optional.of("a dictionary");
    }
    if (hasComma(expression) || (expression.startsWith("(") && isTupleInside(expression))) {
      return Optional.of("a tuple");
    }
    return OBJECT.matcher(expression).matches() ? Optional.of("an object") : Optional.empty();
  }

  private static boolean isTupleInside(String expression) {
    return expression.endsWith(")") && hasComma(expression.substring(1, expression.length() - 1));
  }

  /** Whether there is a comma outside of all brackets. */
  private static boolean hasComma(String expression) {
    int depth = 0;
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      depth += "([{".indexOf(c) >= 0 ? 1 : 0;
      depth -= ")]}".indexOf(c) >= 0 ? 1 : 0;
      if (c == '#') {
        return false;
      }
      if (c == ',' && depth == 0) {
        return true;
      }
    }
    return false;
  }

  /** The names of all tensors in an argument. */
  static List<String> tensors(Argument argument) {
    if (argument instanceof Argument.OfTensor tensor) {
      return List.of(tensor.name());
    }
    return argument instanceof Argument.Several several
        ? several.items().stream().flatMap(item -> tensors(item).stream()).toList()
        : List.of();
  }
}
