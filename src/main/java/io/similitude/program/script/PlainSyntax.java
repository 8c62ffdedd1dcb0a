package io.similitude.program.script;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks that libtorch splits a text into the same words as {@link ScriptLexer}. This is true for
 * the output of torch.jit.save. Comments, continued lines, tabs, blanks inside names and texts in
 * three quotes are refused, so that they cannot hide a name.
 */
final class PlainSyntax {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)*");

  /** A number. The sign of an exponent and its digits are separate words. */
  private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d*)?(?:[eE]\\d*)?j?");

  private static final Pattern TEXT =
      Pattern.compile("\"(?:[^\"\\\\\\n]|\\\\[^\\n])*+\"|'(?:[^'\\\\\\n]|\\\\[^\\n])*+'");

  private static final String SYMBOLS = "()[]{},:.=+-*/%&|^~<>!@";

  private final String source;
  private final List<ScriptLine> lines;

  PlainSyntax(String source, List<ScriptLine> lines) {
    this.source = source;
    this.lines = lines;
  }

  /** The first problem, if there is one. */
  Optional<ScriptProblem> problem() {
    int end = 0;
    for (ScriptLine line : lines) {
      if (!isBalanced(line)) {
        return Optional.of(new ScriptProblem(line.start(), "has brackets that do not match"));
      }
      for (int i = 0; i < line.tokens().size(); i++) {
        ScriptToken token = line.tokens().get(i);
        if (!isBlank(end, token.start())) {
          return Optional.of(new ScriptProblem(end, "has a comment or an unusual blank"));
        }
        Optional<String> why = why(line, i);
        if (why.isPresent()) {
          return Optional.of(new ScriptProblem(token.start(), why.get()));
        }
        end = token.end();
      }
    }
    return isBlank(end, source.length())
        ? Optional.empty()
        : Optional.of(new ScriptProblem(end, "has a comment or an unusual blank"));
  }

  private boolean isBlank(int from, int to) {
    return source.substring(from, Math.max(from, to)).chars().allMatch(c -> c == ' ' || c == '\n');
  }

  private static Optional<String> why(ScriptLine line, int place) {
    ScriptToken token = line.tokens().get(place);
    boolean fits =
        switch (token.kind()) {
          case NAME -> NAME.matcher(token.text()).matches();
          case TEXT -> TEXT.matcher(token.text()).matches() && !touchesText(line, place);
          case OTHER -> isSymbol(token.text()) || NUMBER.matcher(token.text()).matches();
        };
    if (!fits) {
      return Optional.of("has an unusual word, " + ScriptProblem.shown(token.text()));
    }
    return token.is(".") && !isDotOfCall(line, place)
        ? Optional.of("has a name with a blank in it, " + around(line, place))
        : Optional.empty();
  }

  /** Whether a text touches another one. Three quotes would begin a text of several lines. */
  private static boolean touchesText(ScriptLine line, int place) {
    return place + 1 < line.tokens().size()
        && line.tokens().get(place + 1).kind() == ScriptToken.Kind.TEXT
        && line.tokens().get(place + 1).start() == line.tokens().get(place).end();
  }

  private static boolean isSymbol(String text) {
    return text.equals("->") || (text.length() == 1 && SYMBOLS.contains(text));
  }

  /** Whether a dot follows a bracket without blanks: {@code (x).y}, {@code x[0].y}. */
  private static boolean isDotOfCall(ScriptLine line, int place) {
    return (line.has(place - 1, ")") || line.has(place - 1, "]"))
        && line.hasName(place + 1)
        && line.tokens().get(place - 1).end() == line.tokens().get(place).start()
        && line.tokens().get(place + 1).start() == line.tokens().get(place).end();
  }

  private static String around(ScriptLine line, int place) {
    StringBuilder text = new StringBuilder();
    for (int i = Math.max(0, place - 1); i <= place + 1 && i < line.tokens().size(); i++) {
      text.append(text.isEmpty() ? "" : " ").append(line.tokens().get(i).text());
    }
    return ScriptProblem.shown(text.toString());
  }

  private static boolean isBalanced(ScriptLine line) {
    int depth = 0;
    for (ScriptToken token : line.tokens()) {
      depth += ScriptLexer.nesting(token);
      if (depth < 0) {
        return false;
      }
    }
    return depth == 0;
  }
}
