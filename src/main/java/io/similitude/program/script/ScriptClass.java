package io.similitude.program.script;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A class of serialised TorchScript.
 *
 * @param head {@code class Name(Base):}
 * @param parameters the attributes that are parameters
 * @param buffers the attributes that are buffers
 * @param trains whether its objects know whether they are in training mode
 * @param hooks whether hooks are called before or after its methods
 */
record ScriptClass(
    String qualifiedName,
    ScriptLine head,
    List<ScriptDef> methods,
    Set<String> parameters,
    Set<String> buffers,
    boolean trains,
    boolean hooks) {
  private static final int BASE = 3;

  ScriptClass {
    methods = List.copyOf(methods);
    parameters = Set.copyOf(parameters);
    buffers = Set.copyOf(buffers);
  }

  /** The name alone: {@code Conv2d}. */
  String name() {
    return head.tokens().get(1).text();
  }

  boolean isModule() {
    return head.has(BASE, "Module");
  }

  boolean isInterface() {
    return head.has(BASE, "ModuleInterface");
  }

  /**
   * Whether its objects store their state by their own code. Then no attribute can be added to
   * them.
   */
  boolean keepsOwnState() {
    return method("__setstate__").isPresent();
  }

  Optional<ScriptDef> method(String name) {
    return methods.stream().filter(method -> method.name().equals(name)).findFirst();
  }
}
