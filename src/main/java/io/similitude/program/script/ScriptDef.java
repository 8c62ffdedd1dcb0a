package io.similitude.program.script;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A function or method of serialised TorchScript.
 *
 * @param head {@code def name(parameters) -> type:}
 * @param body its lines, including nested ones
 */
record ScriptDef(ScriptLine head, List<ScriptLine> body) {
  private static final int NAME = 1;
  private static final int OPEN = 2;

  ScriptDef {
    body = List.copyOf(body);
  }

  /** Whether a line is the head of a definition. */
  static boolean isHead(ScriptLine line) {
    return line.has(0, "def") && line.hasName(NAME) && line.has(OPEN, "(");
  }

  String name() {
    return head.tokens().get(NAME).text();
  }

  /** The name of a method's first parameter, which is its module. */
  String self() {
    return head.hasName(OPEN + 1) ? head.tokens().get(OPEN + 1).text() : "self";
  }

  /** The position where its first parameter would begin. */
  int parametersStart() {
    return head.tokens().get(OPEN).end();
  }

  /** The position where its second parameter would begin, with the comma before it. */
  int firstParameterEnd() {
    return parameters().isEmpty() ? parametersStart() : parameters().get(0).end();
  }

  /** The type that it returns, without blanks. */
  String returnType() {
    int close = head.closings()[OPEN];
    return head.has(close + 1, "->") ? text(close + 2, head.tokens().size() - 1) : "";
  }

  List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    int close = head.closings()[OPEN];
    int from = OPEN + 1;
    int depth = 0;
    for (int i = OPEN + 1; i <= close; i++) {
      depth += ScriptLexer.nesting(head.tokens().get(i));
      boolean ends = i == close || (depth == 0 && head.has(i, ","));
      if (ends && i > from) {
        parameters.add(parameter(from, i));
      }
      from = ends ? i + 1 : from;
    }
    return parameters;
  }

  private Parameter parameter(int from, int to) {
    int equals = from;
    while (equals < to && !head.has(equals, "=")) {
      equals++;
    }
    return new Parameter(text(from + 2, equals), equals < to, head.tokens().get(to - 1).end());
  }

  private String text(int from, int to) {
    return head.tokens().subList(Math.min(from, to), to).stream()
        .map(ScriptToken::text)
        .collect(Collectors.joining());
  }

  /**
   * A parameter.
   *
   * @param type without blanks
   * @param optional whether calls may leave it out
   * @param end the position after it
   */
  record Parameter(String type, boolean optional, int end) {}
}
