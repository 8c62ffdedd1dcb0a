package io.similitude.program.exported;

import java.util.ArrayList;
import java.util.List;

/** A call of a module, and the nodes inside it. */
final class ModuleCall {
  private final String name;
  private final String type;
  private final int depth;
  private final List<Integer> places = new ArrayList<>();

  /**
   * A call without nodes yet.
   *
   * @param name the module's name, with {@code #1} after it for the second call
   * @param type the module's class: {@code torch.nn.modules.conv.Conv2d}
   * @param depth the number of calls around it
   */
  ModuleCall(String name, String type, int depth) {
    this.name = name;
    this.type = type;
    this.depth = depth;
  }

  String name() {
    return name;
  }

  /** The class with its module. */
  String qualifiedType() {
    return type;
  }

  /** The name of the class alone: {@code Conv2d}. */
  String type() {
    return type.substring(type.lastIndexOf('.') + 1);
  }

  int depth() {
    return depth;
  }

  /** The places of its nodes in the graph, in order. */
  List<Integer> places() {
    return places;
  }

  int last() {
    return places.get(places.size() - 1);
  }
}
