package io.similitude.program.script;

import static java.util.stream.Collectors.toSet;

import io.similitude.input.InputException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Finds the methods and functions of a program that must pass on the taps: all methods of modules,
 * and the functions that call one of them directly or indirectly.
 */
final class ScriptCalls {
  /**
   * Names of forward methods: {@code forward}; in traced code {@code forward1} for the second call,
   * and so on; {@code forward__0} if it is overloaded.
   */
  static final Predicate<String> FORWARD =
      Pattern.compile("forward(?:\\d+|__\\d+)?").asMatchPredicate();

  private final String file;
  private final Set<String> methods;
  private final Set<String> ambiguous;
  private final Set<String> functions;
  private final boolean forwardCalled;

  ScriptCalls(String file, List<ScriptFile> files) {
    this.file = file;
    Set<String> others = methodNames(files, false);
    this.methods = methodNames(files, true);
    this.ambiguous = methods.stream().filter(others::contains).collect(toSet());
    this.functions = functionsThatPassOn(files);
    Set<String> forwards = methods.stream().filter(FORWARD).collect(toSet());
    this.forwardCalled =
        files.stream()
            .flatMap(source -> source.definitions().stream())
            .flatMap(definition -> definition.body().stream())
            .anyMatch(line -> calls(line, forwards));
  }

  /** Whether a method or function is called by code without taps. */
  static boolean isCalledFromOutside(ScriptDef definition) {
    return definition.name().startsWith("__") && definition.name().endsWith("__");
  }

  /** Whether any module calls the forward method of another module. */
  boolean anyForward() {
    return forwardCalled;
  }

  /** Whether a function takes the taps. */
  boolean passesOn(String qualifiedName) {
    return functions.contains(qualifiedName);
  }

  /**
   * The positions in a body where the first argument would begin, for all calls that take taps.
   *
   * @throws InputException if such a call cannot be distinguished from another
   */
  Set<Integer> argumentPlaces(ScriptDef definition) {
    Set<Integer> places = new HashSet<>();
    Set<String> names = new HashSet<>(functions);
    for (ScriptLine line : definition.body()) {
      names.addAll(aliases(line, names));
      for (int i = 1; i < line.tokens().size(); i++) {
        if (line.has(i, "(") && (isMethodCall(line, i - 1) || isCallOf(names, line, i - 1))) {
          places.add(line.tokens().get(i).end());
        }
      }
    }
    return places;
  }

  /** {@code _0 = __torch__.torch.nn.functional.relu}: another name for a function. */
  private static Set<String> aliases(ScriptLine line, Set<String> names) {
    boolean isAlias =
        line.tokens().size() == 3
            && line.hasName(0)
            && line.has(1, "=")
            && names.contains(line.tokens().get(2).text());
    return isAlias ? Set.of(line.first().text()) : Set.of();
  }

  private static boolean isCallOf(Set<String> names, ScriptLine line, int name) {
    return line.hasName(name) && names.contains(line.tokens().get(name).text());
  }

  /** {@code (module).method(}. */
  private boolean isMethodCall(ScriptLine line, int name) {
    if (!isCall(methods, line, name)) {
      return false;
    }
    if (isCall(ambiguous, line, name)) {
      throw new InputException(
          ("Cannot tap network %s: both a module and a class that is none have a method %s"
                  + " (rename one of them)")
              .formatted(file, line.tokens().get(name).text()));
    }
    return true;
  }

  private static boolean isCall(Set<String> names, ScriptLine line, int name) {
    return isCallOf(names, line, name) && line.has(name - 1, ".") && line.has(name - 2, ")");
  }

  private static Set<String> methodNames(List<ScriptFile> files, boolean ofModules) {
    return files.stream()
        .flatMap(source -> source.classes().stream())
        .filter(type -> (type.isModule() || type.isInterface()) == ofModules)
        .flatMap(type -> type.methods().stream())
        .filter(method -> !isCalledFromOutside(method))
        .map(ScriptDef::name)
        .collect(toSet());
  }

  private Set<String> functionsThatPassOn(List<ScriptFile> files) {
    Map<String, Set<String>> callers = new HashMap<>();
    Deque<String> next = new ArrayDeque<>();
    for (ScriptFile source : files) {
      for (ScriptDef function : source.functions()) {
        String name = source.qualifiedName(function);
        function.body().stream()
            .flatMap(line -> line.tokens().stream())
            .filter(ScriptToken::isName)
            .forEach(
                token -> callers.computeIfAbsent(token.text(), n -> new HashSet<>()).add(name));
        if (function.body().stream().anyMatch(line -> calls(line, methods))) {
          next.add(name);
        }
      }
    }
    Set<String> found = new HashSet<>();
    while (!next.isEmpty()) {
      String name = next.pop();
      if (found.add(name)) {
        next.addAll(callers.getOrDefault(name, Set.of()));
      }
    }
    return found;
  }

  private static boolean calls(ScriptLine line, Set<String> names) {
    for (int i = 2; i < line.tokens().size() - 1; i++) {
      if (isCall(names, line, i) && line.has(i + 1, "(")) {
        return true;
      }
    }
    return false;
  }
}
