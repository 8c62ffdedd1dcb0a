package io.similitude.program.script;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call of an operator or of a function of {@code torch.nn.functional} in serialised TorchScript.
 *
 * @param name its name without the namespace and without the underscore of an in-place form; empty
 *     for other calls
 * @param functional whether it is a function of {@code torch.nn.functional}
 * @param open the place of its opening bracket in the line
 */
record FunctionCall(String name, boolean functional, ScriptLine line, int open) {
  private static final String FUNCTIONAL = "__torch__.torch.nn.functional.";
  private static final Pattern NAMESPACE = Pattern.compile("(?:torch|ops\\.aten)\\.(\\w+?)_?");

  /** All calls of a definition, in their order. Functions are known by their other names too. */
  static List<FunctionCall> in(ScriptDef definition) {
    List<FunctionCall> calls = new ArrayList<>();
    Map<String, String> aliases = new HashMap<>();
    for (ScriptLine line : definition.body()) {
      if (line.tokens().size() == 3 && line.has(1, "=") && line.hasName(2)) {
        aliases.put(line.first().text(), line.tokens().get(2).text());
      }
      for (int i = 0; i + 1 < line.tokens().size(); i++) {
        if (line.hasName(i) && line.has(i + 1, "(")) {
          String called = line.tokens().get(i).text();
          calls.add(of(aliases.getOrDefault(called, called), line, i + 1));
        }
      }
    }
    return calls;
  }

  private static FunctionCall of(String function, ScriptLine line, int open) {
    if (function.startsWith(FUNCTIONAL)) {
      return new FunctionCall(function.substring(FUNCTIONAL.length()), true, line, open);
    }
    Matcher operator = NAMESPACE.matcher(function);
    return new FunctionCall(operator.matches() ? operator.group(1) : "", false, line, open);
  }

  /** The text of an argument without blanks; empty if there are fewer. */
  String argument(int index) {
    List<String> arguments = line.arguments(open);
    return index < arguments.size() ? arguments.get(index) : "";
  }

  /** The position in the source where an argument begins. */
  int argumentStart(int index) {
    int depth = 0;
    int place = open + 1;
    for (int commas = 0; commas < index; place++) {
      depth += ScriptLexer.nesting(line.tokens().get(place));
      commas += depth == 0 && line.has(place, ",") ? 1 : 0;
    }
    return line.tokens().get(place).start();
  }
}
