package io.similitude.program.script;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A source file of a TorchScript archive.
 *
 * @param record {@code code/__torch__/torch/nn/functional.py}
 * @param source its text
 * @param functions the functions outside of classes
 */
record ScriptFile(
    String record, String source, List<ScriptClass> classes, List<ScriptDef> functions) {
  private static final int BODY = 2;

  ScriptFile {
    classes = List.copyOf(classes);
    functions = List.copyOf(functions);
  }

  static ScriptFile parse(String record, String source) {
    List<ScriptLine> lines = ScriptLexer.lines(source);
    List<ScriptClass> classes = new ArrayList<>();
    List<ScriptDef> functions = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      ScriptLine line = lines.get(i);
      if (line.indent() == 0 && line.has(0, "class") && line.hasName(1)) {
        classes.add(classOf(qualifier(record), line, below(lines, i)));
      } else if (line.indent() == 0 && ScriptDef.isHead(line)) {
        functions.add(new ScriptDef(line, below(lines, i)));
      }
    }
    return new ScriptFile(record, source, classes, functions);
  }

  /** The name of a function of this file in the code. */
  String qualifiedName(ScriptDef function) {
    return qualifier(record) + "." + function.name();
  }

  /** All functions and methods. */
  List<ScriptDef> definitions() {
    List<ScriptDef> all = new ArrayList<>(functions);
    classes.forEach(type -> all.addAll(type.methods()));
    return all;
  }

  private static String qualifier(String record) {
    return record.substring("code/".length(), record.length() - ".py".length()).replace('/', '.');
  }

  private static ScriptClass classOf(String qualifier, ScriptLine head, List<ScriptLine> body) {
    List<ScriptDef> methods = new ArrayList<>();
    Set<String> parameters = new HashSet<>();
    Set<String> buffers = new HashSet<>();
    boolean trains = false;
    boolean hooks = false;
    for (int i = 0; i < body.size(); i++) {
      ScriptLine line = body.get(i);
      if (line.indent() == BODY && ScriptDef.isHead(line)) {
        methods.add(new ScriptDef(line, below(body, i)));
      } else if (line.has(0, "__parameters__")) {
        parameters.addAll(texts(line));
      } else if (line.has(0, "__buffers__")) {
        buffers.addAll(texts(line));
      } else if (line.indent() == BODY && line.has(0, "training") && line.has(1, ":")) {
        trains = true;
      } else if (line.has(0, "__forward_hooks__") || line.has(0, "__forward_pre_hooks__")) {
        hooks |= !texts(line).isEmpty();
      }
    }
    String name = qualifier + "." + head.tokens().get(1).text();
    return new ScriptClass(name, head, methods, parameters, buffers, trains, hooks);
  }

  /** The lines after a head that are indented further. */
  private static List<ScriptLine> below(List<ScriptLine> lines, int head) {
    int end = head + 1;
    while (end < lines.size() && lines.get(end).indent() > lines.get(head).indent()) {
      end++;
    }
    return lines.subList(head + 1, end);
  }

  private static Set<String> texts(ScriptLine line) {
    Set<String> texts = new HashSet<>();
    for (ScriptToken token : line.tokens()) {
      if (token.kind() == ScriptToken.Kind.TEXT && token.text().length() >= 2) {
        texts.add(token.text().substring(1, token.text().length() - 1));
      }
    }
    return texts;
  }
}
