package io.similitude.program.script;

import io.similitude.checkpoint.script.ScriptArchive;
import io.similitude.input.InputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * Rewrites the code of a TorchScript archive so that every module shows its value when it returns
 * it. It shows the value to an object that is passed along with the calls: {@code SimilitudeTaps}
 * in taps.py. Text is only inserted. The program still computes the same.
 *
 * <p>Every module class gets an attribute with its path. Every method of a module takes the taps
 * before its own arguments. Every call of such a method passes the taps, and so does every function
 * that calls one. A module is identified by its path, not by the way it was reached. So loops over
 * lists of modules, interfaces and modules with two names need no special treatment.
 */
final class ScriptRewriter {
  /** The variable that holds the taps. */
  static final String TAPS = "similitude_taps";

  /** The taps of no layer, for {@link #newTaps}. */
  static final String NO_LAYERS = "annotate(List[str], []), annotate(List[int], [])";

  private static final String TAPS_TYPE = "__torch__.SimilitudeTaps";
  private static final String TAPS_PARAMETER = TAPS + ": " + TAPS_TYPE;

  /** Modules that return tuples. A trace may have kept only one tensor of a tuple. */
  private static final List<Pattern> TUPLES =
      List.of(
          Pattern.compile(".*\\.activation\\.(?:[^.]*\\.)?MultiheadAttention"),
          Pattern.compile(".*\\.rnn\\.(?:[^.]*\\.)?(?:RNN|LSTM|GRU|LSTMCell)"));

  /** The method that shows a value, by the value's type. */
  private static final Map<String, String> SHOWN =
      Map.of("Tensor", "show", "Optional[Tensor]", "show_optional");

  /** The prefix of method names in {@link #renamed}. No operator's name has it. */
  private static final String OWN = "similitude_own_";

  private final String file;
  private final List<ScriptFile> files;
  private final ScriptCalls calls;
  private final boolean operations;

  /**
   * A rewriter of these files.
   *
   * @param file the archive, for messages
   * @param calls the calls between them
   * @param operations whether to show single operations instead of modules
   */
  ScriptRewriter(String file, List<ScriptFile> files, ScriptCalls calls, boolean operations) {
    this.file = file;
    this.files = files;
    this.calls = calls;
    this.operations = operations;
  }

  /**
   * The rewritten files, by the names of their records.
   *
   * @throws InputException if the code does something that cannot be tapped or must not be run
   */
  Map<String, String> rewrite() {
    return renamed(Set.of());
  }

  /**
   * Rewrites the files and gives new names to some methods, so that no operator has their name.
   * Otherwise {@code (x).save("f")} on a tensor would call an operator, even if the file's own
   * classes have a method with that name.
   */
  Map<String, String> renamed(Set<String> methods) {
    return renamed(methods, (source, edits) -> {});
  }

  /**
   * The same with further edits.
   *
   * @param further adds them to those of a file
   */
  Map<String, String> renamed(Set<String> methods, BiConsumer<ScriptFile, Edits> further) {
    Map<String, String> rewritten = new LinkedHashMap<>();
    for (ScriptFile each : files) {
      Edits edits = new Edits();
      rename(each, methods, edits);
      further.accept(each, edits);
      each.classes().forEach(type -> rewrite(type, edits));
      each.functions().forEach(function -> rewrite(each, function, edits));
      rewritten.put(each.record(), edits.apply(each.source()));
    }
    return rewritten;
  }

  /** Renames heads of methods and calls of them: {@code (x).name(}, {@code x.name(}. */
  private void rename(ScriptFile source, Set<String> methods, Edits edits) {
    if (methods.isEmpty()) {
      return;
    }
    source.classes().stream()
        .flatMap(type -> type.methods().stream())
        .filter(method -> methods.contains(method.name()))
        .forEach(method -> edits.insert(method.head().tokens().get(1).start(), OWN));
    for (ScriptLine line : ScriptLexer.lines(source.source())) {
      for (int i = 0; i + 1 < line.tokens().size(); i++) {
        ScriptToken token = line.tokens().get(i);
        int name = token.text().lastIndexOf('.') + 1;
        if (isMethodCall(line, i) && methods.contains(token.text().substring(name))) {
          edits.insert(token.start() + name, OWN);
        }
      }
    }
  }

  /** Whether it is a call of a method. Functions have names with dots too. */
  private boolean isMethodCall(ScriptLine line, int place) {
    String name = line.tokens().get(place).text();
    int dot = name.lastIndexOf('.');
    if (!line.hasName(place) || !line.has(place + 1, "(")) {
      return false;
    }
    return line.has(place - 1, ".")
        || (dot > 0 && (!name.startsWith("__torch__.") || isClass(name.substring(0, dot))));
  }

  private boolean isClass(String name) {
    return files.stream()
        .flatMap(each -> each.classes().stream())
        .anyMatch(type -> type.qualifiedName().equals(name));
  }

  private void rewrite(ScriptClass type, Edits edits) {
    if (type.hooks()) {
      throw new InputException(
          "Cannot tap network %s: class %s has forward hooks (export it without them)"
              .formatted(file, type.name()));
    }
    if (type.isInterface()) {
      type.methods().forEach(method -> takeTapsBehindSelf(method, edits));
    } else if (type.isModule()) {
      edits.insert(type.head().end(), "\n  " + ScriptArchive.PATH + " : str");
      type.methods().forEach(method -> rewrite(type, method, edits));
    }
  }

  private void rewrite(ScriptClass type, ScriptDef method, Edits edits) {
    if (ScriptCalls.isCalledFromOutside(method)) {
      makeTaps(method, edits);
    } else {
      takeTapsBehindSelf(method, edits);
    }
    passTaps(method, edits);
    if (operations) {
      ScriptOperations.show(method, edits);
    } else if (returnsLayer(type, method)) {
      showReturned(method, edits);
    }
  }

  private void rewrite(ScriptFile source, ScriptDef function, Edits edits) {
    if (calls.passesOn(source.qualifiedName(function))) {
      takeTapsFirst(function, edits);
      passTaps(function, edits);
    }
  }

  /** A method takes the taps after its module. In a call, the module comes before the arguments. */
  private static void takeTapsBehindSelf(ScriptDef method, Edits edits) {
    edits.insert(method.firstParameterEnd(), ", " + TAPS_PARAMETER);
  }

  private static void takeTapsFirst(ScriptDef function, Edits edits) {
    String separator = function.parameters().isEmpty() ? "" : ", ";
    edits.insert(function.parametersStart(), TAPS_PARAMETER + separator);
  }

  private void makeTaps(ScriptDef definition, Edits edits) {
    if (!calls.argumentPlaces(definition).isEmpty()) {
      edits.insert(definition.head().end(), "\n    " + newTaps(NO_LAYERS));
    }
  }

  private void passTaps(ScriptDef definition, Edits edits) {
    calls.argumentPlaces(definition).forEach(place -> edits.insert(place, TAPS + ", "));
  }

  /**
   * Lines that create the taps for these layers: a list of their names and a list of their
   * dimensions of features.
   */
  static String newTaps(String layers) {
    return TAPS
        + " = "
        + TAPS_TYPE
        + ".__new__("
        + TAPS_TYPE
        + ")\n    similitude_made = ("
        + TAPS
        + ").__init__("
        + layers
        + ", )";
  }

  private static boolean returnsLayer(ScriptClass type, ScriptDef method) {
    return ScriptCalls.FORWARD.test(method.name())
        && SHOWN.containsKey(method.returnType())
        && !type.keepsOwnState()
        && TUPLES.stream().noneMatch(tuple -> tuple.matcher(type.qualifiedName()).matches());
  }

  /** Shows the returned value. Serialised code returns at one place, at its end. */
  private static void showReturned(ScriptDef method, Edits edits) {
    if (method.body().isEmpty()) {
      return;
    }
    ScriptLine last = method.body().get(method.body().size() - 1);
    if (last.has(0, "return") && last.tokens().size() > 1) {
      edits.insert(
          last.tokens().get(1).start(),
          "("
              + TAPS
              + ")."
              + SHOWN.get(method.returnType())
              + "("
              + method.self()
              + "."
              + ScriptArchive.PATH
              + ", ");
      edits.insert(last.end(), ", )");
    }
  }
}
