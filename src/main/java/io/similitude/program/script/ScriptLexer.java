package io.similitude.program.script;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits serialised TorchScript into lines of tokens. TorchScript has Python's expressions and
 * simple statements, without relevant comments, line continuations or tabs.
 */
final class ScriptLexer {
  private final String source;
  private final List<ScriptLine> lines = new ArrayList<>();
  private final List<ScriptToken> line = new ArrayList<>();
  private int at;
  private int indent;
  private int depth;

  private ScriptLexer(String source) {
    this.source = source;
  }

  static List<ScriptLine> lines(String source) {
    ScriptLexer lexer = new ScriptLexer(source);
    while (lexer.at < source.length()) {
      lexer.step();
    }
    lexer.endLine();
    return lexer.lines;
  }

  /** 1 for an opening bracket, -1 for a closing bracket, otherwise 0. */
  static int nesting(ScriptToken token) {
    if (token.kind() != ScriptToken.Kind.OTHER) {
      return 0;
    }
    return switch (token.text()) {
      case "(", "[", "{" -> 1;
      case ")", "]", "}" -> -1;
      default -> 0;
    };
  }

  private void step() {
    char c = source.charAt(at);
    if (c == '\n') {
      if (depth <= 0) {
        endLine();
      }
      at++;
    } else if (Character.isWhitespace(c)) {
      at++;
    } else if (c == '#') {
      at = lineEnd();
    } else {
      token(c);
    }
  }

  private void token(char c) {
    if (c == '"' || c == '\'') {
      add(ScriptToken.Kind.TEXT, textEnd(c));
    } else if (isNameStart(c)) {
      add(ScriptToken.Kind.NAME, nameEnd());
    } else if (Character.isDigit(c)) {
      add(ScriptToken.Kind.OTHER, numberEnd());
    } else {
      add(ScriptToken.Kind.OTHER, source.startsWith("->", at) ? at + 2 : at + 1);
    }
  }

  private void add(ScriptToken.Kind kind, int end) {
    if (line.isEmpty()) {
      indent = at - (source.lastIndexOf('\n', at) + 1);
    }
    ScriptToken token = new ScriptToken(kind, source.substring(at, end), at);
    line.add(token);
    depth += nesting(token);
    at = end;
  }

  private void endLine() {
    if (!line.isEmpty()) {
      lines.add(new ScriptLine(indent, line));
      line.clear();
    }
    depth = 0;
  }

  private int lineEnd() {
    int end = source.indexOf('\n', at);
    return end < 0 ? source.length() : end;
  }

  private int textEnd(char quote) {
    int end = at + 1;
    while (end < source.length() && source.charAt(end) != quote) {
      end += source.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(source.length(), end + 1);
  }

  /** The end of a name, including the names after its dots. */
  private int nameEnd() {
    int end = at;
    while (end < source.length() && (isNamePart(source.charAt(end)) || isDotInName(end))) {
      end++;
    }
    return end;
  }

  private boolean isDotInName(int place) {
    return source.charAt(place) == '.'
        && place + 1 < source.length()
        && isNameStart(source.charAt(place + 1));
  }

  /**
   * The end of a number: digits, with a fraction or an exponent. A sign inside an exponent does not
   * matter here.
   */
  private int numberEnd() {
    int end = at;
    while (end < source.length() && (isNamePart(source.charAt(end)) || source.charAt(end) == '.')) {
      end++;
    }
    return end;
  }

  private static boolean isNameStart(char c) {
    return c == '_' || Character.isLetter(c);
  }

  private static boolean isNamePart(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }
}
