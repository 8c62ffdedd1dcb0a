package io.similitude.program.script;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * A logical line of serialised TorchScript: one statement, or the head of a class, a function or a
 * block. Several lines within brackets are one logical line.
 *
 * @param indent the number of blanks before its first token
 * @param tokens at least one token
 */
record ScriptLine(int indent, List<ScriptToken> tokens) {
  ScriptLine {
    tokens = List.copyOf(tokens);
  }

  ScriptToken first() {
    return tokens.get(0);
  }

  int start() {
    return first().start();
  }

  /** The position after its last token. */
  int end() {
    return tokens.get(tokens.size() - 1).end();
  }

  /** Whether there is a token at a position with this text. */
  boolean has(int place, String text) {
    return place >= 0 && place < tokens.size() && tokens.get(place).is(text);
  }

  boolean hasName(int place) {
    return place >= 0 && place < tokens.size() && tokens.get(place).isName();
  }

  /** The texts of a call's arguments, without blanks. The call is given by its opening bracket. */
  List<String> arguments(int open) {
    List<String> arguments = new ArrayList<>();
    StringBuilder argument = new StringBuilder();
    int depth = 0;
    for (int i = open + 1; i < closings()[open]; i++) {
      depth += ScriptLexer.nesting(tokens.get(i));
      if (depth == 0 && has(i, ",")) {
        arguments.add(argument.toString());
        argument.setLength(0);
      } else {
        argument.append(tokens.get(i).text());
      }
    }
    if (!argument.isEmpty()) {
      arguments.add(argument.toString());
    }
    return arguments;
  }

  /**
   * For each opening bracket, the position of its closing bracket, or the end of the line if there
   * is none.
   */
  int[] closings() {
    int[] closings = new int[tokens.size()];
    Arrays.fill(closings, tokens.size() - 1);
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < tokens.size(); i++) {
      int nesting = ScriptLexer.nesting(tokens.get(i));
      if (nesting > 0) {
        open.push(i);
      } else if (nesting < 0 && !open.isEmpty()) {
        closings[open.pop()] = i;
      }
    }
    return closings;
  }
}
