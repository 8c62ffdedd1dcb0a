package io.similitude.program.script;

import static java.util.stream.Collectors.joining;

import io.similitude.input.InputException;
import io.similitude.program.OperatorAllowList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks a TorchScript program against the list of operators. It reads every word of every file:
 * heads with their default arguments, bodies, and the constants of classes. Every call must be to
 * an operator or builtin of the list, or to a function, class or method of the program itself.
 *
 * <p>A method of the program may have the name of an operator and be called on a tensor. {@link
 * #ownMethods} lists the methods that need another name, under which libtorch finds no operator.
 */
final class OperatorCheck {
  private static final int MOST_SHOWN = 3;

  /**
   * The first names that lead to libtorch's own operators, the archive's code and its constants.
   */
  private static final Set<String> ROOTS = Set.of("torch", "ops", "__torch__", "CONSTANTS");

  /** Classes of libtorch itself, written in C++. */
  private static final String NATIVE_CLASSES = "__torch__.torch.classes";

  /** Words that can be before a bracket without a call. */
  private static final Set<String> KEYWORDS =
      Set.of(
          "and", "assert", "del", "elif", "else", "for", "if", "in", "is", "not", "or", "raise",
          "return", "while", "with");

  /** The reasons why some names that occur in networks are not on the list. */
  private static final Map<String, String> REASONS =
      Map.of(
          "print", ", which writes to the console",
          "fork", ", which runs parts of the network at once");

  private static final OperatorAllowList LIST = OperatorAllowList.standard();

  private final List<ScriptFile> files;
  private final Set<String> methods = new HashSet<>();
  private final Set<String> definitions = new HashSet<>();

  OperatorCheck(List<ScriptFile> files) {
    this.files = files;
    for (ScriptFile file : files) {
      file.functions().forEach(function -> definitions.add(file.qualifiedName(function)));
      file.classes().forEach(this::know);
    }
  }

  private void know(ScriptClass type) {
    definitions.add(type.qualifiedName());
    definitions.add(type.qualifiedName() + ".__new__");
    for (ScriptDef method : type.methods()) {
      methods.add(method.name());
      definitions.add(type.qualifiedName() + "." + method.name());
    }
  }

  /**
   * Refuses a program that calls something that is not on the list.
   *
   * @param name the name of the archive, for messages
   */
  void requireAllowed(String name) {
    List<String> problems = new ArrayList<>();
    files.forEach(file -> problems(file).forEach(problem -> problems.add(problem.text(file))));
    if (!problems.isEmpty()) {
      String shown = problems.stream().limit(MOST_SHOWN).collect(joining("; "));
      int more = problems.size() - MOST_SHOWN;
      throw new InputException(
          "Cannot run network %s: %s%s (only what is on the list of pure tensor operators is run; export it without)"
              .formatted(name, shown, more > 0 ? " and " + more + " more" : ""));
    }
  }

  /** The methods that must be renamed, so that no call of them can mean an operator. */
  Set<String> ownMethods() {
    Set<String> own = new HashSet<>(methods);
    own.removeIf(name -> isSpecial(name) || ScriptCalls.FORWARD.test(name) || LIST.allows(name));
    return own;
  }

  private List<ScriptProblem> problems(ScriptFile file) {
    List<ScriptLine> lines = ScriptLexer.lines(file.source());
    Optional<ScriptProblem> syntax = new PlainSyntax(file.source(), lines).problem();
    if (syntax.isPresent()) {
      return List.of(syntax.get());
    }
    List<ScriptProblem> problems = new ArrayList<>();
    boolean inClass = false;
    for (ScriptScope scope : ScriptScope.of(lines)) {
      inClass = scope.isOutermost() ? scope.isClass() : inClass;
      if (!scope.isOutermost() && !(inClass && scope.isIndentedAsMethod())) {
        int at = scope.lines().get(0).start();
        problems.add(new ScriptProblem(at, "has a function inside of another"));
      }
      look(scope, problems);
    }
    return problems;
  }

  private void look(ScriptScope scope, List<ScriptProblem> problems) {
    Set<String> bound = scope.bound();
    for (ScriptLine line : scope.lines()) {
      for (int i = 0; i < line.tokens().size(); i++) {
        int at = line.tokens().get(i).start();
        refusal(scope, bound, line, i).ifPresent(it -> problems.add(new ScriptProblem(at, it)));
      }
    }
  }

  private Optional<String> refusal(ScriptScope scope, Set<String> bound, ScriptLine line, int i) {
    ScriptToken token = line.tokens().get(i);
    if (line.has(i, "(") && isValue(line, i - 1)) {
      return Optional.of("calls a value");
    }
    if (!token.isName() || isHeadName(line, i)) {
      return Optional.empty();
    }
    String name = token.text();
    boolean called = line.has(i + 1, "(");
    int dot = name.indexOf('.');
    if (line.has(i - 1, ".")) {
      return called ? method(name) : Optional.empty();
    }
    String root = dot < 0 ? name : name.substring(0, dot);
    if (ROOTS.contains(root)) {
      return bound.contains(root) || dot < 0
          ? Optional.of("uses the name " + root + " for a value")
          : rooted(root, name, called);
    }
    if (dot >= 0) {
      return called ? method(name) : Optional.empty();
    }
    return called && !KEYWORDS.contains(name) ? plain(scope, bound, name) : Optional.empty();
  }

  private Optional<String> rooted(String root, String name, boolean called) {
    if (root.equals("__torch__")) {
      boolean own = !name.startsWith(NATIVE_CLASSES) && (!called || definitions.contains(name));
      return own ? Optional.empty() : notOnTheList(name);
    }
    boolean constant =
        root.equals("CONSTANTS") && !called && name.lastIndexOf('.') == root.length();
    return constant || LIST.allows(name) ? Optional.empty() : notOnTheList(name);
  }

  private Optional<String> method(String name) {
    String method = name.substring(name.lastIndexOf('.') + 1);
    return methods.contains(method) || LIST.allows(method)
        ? Optional.empty()
        : notOnTheList(method);
  }

  private Optional<String> plain(ScriptScope scope, Set<String> bound, String name) {
    boolean allowed =
        bound.contains(name) ? scope.isAlias(name, this::isFunction) : LIST.isBuiltin(name);
    return allowed ? Optional.empty() : notOnTheList(name);
  }

  /**
   * Whether a name is a function. Names of operators are checked against the list at every place.
   */
  private boolean isFunction(String name) {
    return name.startsWith("torch.") || name.startsWith("ops.") || definitions.contains(name);
  }

  private static Optional<String> notOnTheList(String name) {
    return Optional.of("calls " + ScriptProblem.shown(name) + REASONS.getOrDefault(name, ""));
  }

  /** {@code def name(}, {@code class Name(}. */
  private static boolean isHeadName(ScriptLine line, int place) {
    return place <= 1 && ScriptScope.isHead(line);
  }

  /** Whether the expression before a bracket is a value and not the name of a function. */
  private static boolean isValue(ScriptLine line, int place) {
    return place >= 0
        && (line.has(place, ")")
            || line.has(place, "]")
            || line.has(place, "}")
            || line.tokens().get(place).kind() == ScriptToken.Kind.TEXT
            || Character.isDigit(line.tokens().get(place).text().charAt(0)));
  }

  /**
   * Whether it is a special name of Python, such as {@code __init__}. No operator has such a name.
   */
  private static boolean isSpecial(String name) {
    return name.startsWith("__") && name.endsWith("__");
  }
}
