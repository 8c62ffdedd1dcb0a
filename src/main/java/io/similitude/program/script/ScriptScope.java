package io.similitude.program.script;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The scope of a local name: a function, a method, or a class without its methods.
 *
 * @param lines the lines, beginning with its head
 */
record ScriptScope(List<ScriptLine> lines) {
  private static final int OF_METHOD = 2;

  ScriptScope {
    lines = List.copyOf(lines);
  }

  /** The scopes of a file. A function inside a function begins a new scope. */
  static List<ScriptScope> of(List<ScriptLine> lines) {
    List<ScriptScope> scopes = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= lines.size(); i++) {
      if (i == lines.size() || isHead(lines.get(i))) {
        scopes.add(new ScriptScope(lines.subList(from, i)));
        from = i;
      }
    }
    return scopes;
  }

  static boolean isHead(ScriptLine line) {
    return line.has(0, "def") || line.has(0, "class");
  }

  boolean isClass() {
    return lines.get(0).has(0, "class");
  }

  /** Whether its head is at the outermost level of the file. */
  boolean isOutermost() {
    return lines.get(0).indent() == 0;
  }

  /** Whether its head is indented like a method in a class. */
  boolean isIndentedAsMethod() {
    return lines.get(0).has(0, "def") && lines.get(0).indent() == OF_METHOD;
  }

  /** The names that the scope assigns. */
  Set<String> bound() {
    Set<String> names = new HashSet<>();
    for (ScriptLine line : lines) {
      if (line.has(0, "def")) {
        parameters(line, names);
      } else {
        addNames(line, 0, targetsEnd(line), names);
      }
      for (int i = 0; i < line.tokens().size(); i++) {
        if (line.has(i, "for") || line.has(i, "as")) {
          addNames(line, i + 1, end(line, i), names);
        }
      }
    }
    return names;
  }

  /**
   * Whether a name stands for functions and for nothing else: {@code _0 = torch.relu}.
   *
   * @param isFunction whether a name with dots is the name of a function
   */
  boolean isAlias(String name, Predicate<String> isFunction) {
    boolean found = false;
    for (ScriptLine line : lines) {
      boolean defines =
          line.tokens().size() == 3
              && line.has(0, name)
              && line.has(1, "=")
              && line.hasName(2)
              && isFunction.test(line.tokens().get(2).text());
      found |= defines;
      for (int i = defines ? 1 : 0; i < line.tokens().size(); i++) {
        if (line.has(i, name) && !line.has(i + 1, "(")) {
          return false;
        }
      }
    }
    return found;
  }

  private static void parameters(ScriptLine head, Set<String> names) {
    for (int i = 2; i < head.tokens().size(); i++) {
      if (head.hasName(i)
          && (head.has(i - 1, "(") || head.has(i - 1, ",") || head.has(i + 1, ":"))) {
        names.add(head.tokens().get(i).text());
      }
    }
  }

  private static void addNames(ScriptLine line, int from, int to, Set<String> names) {
    for (int i = from; i < to; i++) {
      if (line.hasName(i)) {
        names.add(line.tokens().get(i).text());
      }
    }
  }

  /**
   * The position where the targets of an assignment end, or their type begins; 0 if the line is not
   * an assignment.
   */
  private static int targetsEnd(ScriptLine line) {
    int depth = 0;
    int type = line.tokens().size();
    for (int i = 0; i < line.tokens().size(); i++) {
      depth += ScriptLexer.nesting(line.tokens().get(i));
      if (depth == 0 && line.has(i, ":")) {
        type = Math.min(type, i);
      } else if (depth == 0 && line.has(i, "=") && !isComparison(line, i)) {
        return Math.min(type, i);
      }
    }
    return 0;
  }

  /** {@code ==}, {@code <=}, {@code >=}, {@code !=}. */
  private static boolean isComparison(ScriptLine line, int place) {
    return line.has(place + 1, "=")
        || List.of("=", "<", ">", "!").stream().anyMatch(it -> line.has(place - 1, it));
  }

  private static int end(ScriptLine line, int from) {
    int end = from + 1;
    while (end < line.tokens().size() && !line.has(end, "in") && !line.has(end, ":")) {
      end++;
    }
    return end;
  }
}
