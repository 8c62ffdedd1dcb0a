package io.similitude.program.exported;

import java.util.Optional;

/**
 * Converts the name of a module from its form in a graph. Newer graphs have the name as in {@code
 * named_modules()}. Older graphs have the expression that Dynamo recorded: {@code
 * getattr(L['self'].stem, '0')}, {@code L['self'].blocks[3].norm}, {@code L__self___stem}.
 */
final class ModulePath {
  private static final String GETATTR = "getattr(";

  /** The network itself in Dynamo's spelling. */
  private static final String ROOT = "L[";

  private static final String MODULES = "_modules";

  private final String text;
  private final StringBuilder path = new StringBuilder();
  private int at;

  private ModulePath(String text) {
    this.text = text;
  }

  /** The plain name. A name in an unknown spelling is not changed. */
  static String plain(String written) {
    if (!written.startsWith(GETATTR) && !written.startsWith(ROOT)) {
      return written;
    }
    ModulePath path = new ModulePath(written);
    return path.expression() && path.at == written.length() ? path.path.toString() : written;
  }

  /** {@code getattr(getattr(L['self'].a, '0').b, '1')}: the openings come first. */
  private boolean expression() {
    int open = 0;
    while (text.startsWith(GETATTR, at)) {
      open++;
      at += GETATTR.length();
    }
    if (!text.startsWith(ROOT, at) || quoted(at + ROOT.length()).isEmpty()) {
      return false;
    }
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '.') {
        attribute();
      } else if (c == '[') {
        if (!item()) {
          return false;
        }
      } else if (c == ',' && open > 0) {
        open--;
        if (!text.startsWith(", ", at) || !step(quoted(at + 2), ")")) {
          return false;
        }
      } else {
        return false;
      }
    }
    return open == 0;
  }

  private void attribute() {
    int end = at + 1;
    while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
      end++;
    }
    String name = text.substring(at + 1, end);
    at = end;
    if (!name.equals(MODULES)) {
      append(name);
    }
  }

  private boolean item() {
    int start = at + 1;
    if (start < text.length() && Character.isDigit(text.charAt(start))) {
      int end = text.indexOf(']', start);
      if (end < 0) {
        return false;
      }
      append(text.substring(start, end));
      at = end + 1;
      return true;
    }
    return step(quoted(start), "]");
  }

  private boolean step(Optional<String> name, String closing) {
    if (name.isEmpty() || !text.startsWith(closing, at)) {
      return false;
    }
    append(name.get());
    at += closing.length();
    return true;
  }

  /** Reads a text in quotes and moves behind it. For the root it also moves behind the bracket. */
  private Optional<String> quoted(int from) {
    if (from >= text.length() || "'\"".indexOf(text.charAt(from)) < 0) {
      return Optional.empty();
    }
    int end = text.indexOf(text.charAt(from), from + 1);
    if (end < 0) {
      return Optional.empty();
    }
    at = end + 1;
    boolean isRoot = text.startsWith(ROOT, from - ROOT.length()) && path.isEmpty();
    if (isRoot && text.startsWith("]", at)) {
      at++;
    }
    return Optional.of(text.substring(from + 1, end));
  }

  private void append(String name) {
    path.append(path.isEmpty() ? "" : ".").append(name);
  }
}
