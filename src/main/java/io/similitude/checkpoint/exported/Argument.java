package io.similitude.checkpoint.exported;

import java.util.List;

/** What a node of a graph is given, or what it makes. */
public sealed interface Argument {
  /** A tensor that an input or an earlier node made; as an output, the name of a new one. */
  record OfTensor(String name) implements Argument {}

  /** A whole number, a real number or a truth that is known only when the graph runs. */
  record OfSymbol(String name) implements Argument {}

  record Whole(long value) implements Argument {}

  record Real(double value) implements Argument {}

  record Truth(boolean value) implements Argument {}

  record Text(String value) implements Argument {}

  record Nothing() implements Argument {}

  /** A device, whichever: the graph runs where its task runs. */
  record Place() implements Argument {}

  /** A type of elements, by its number in the file. */
  record ElementType(int code) implements Argument {}

  /** How a tensor's dimensions lie in memory, by its number in the file. */
  record MemoryFormat(int code) implements Argument {}

  /** Whether a tensor is dense, by its number in the file. */
  record Layout(int code) implements Argument {}

  /**
   * Some of one kind.
   *
   * @param kind as the file says it: {@code as_ints}
   */
  record Several(String kind, List<Argument> items) implements Argument {
    public Several {
      items = List.copyOf(items);
    }
  }

  /**
   * What no network of tensors needs: a graph inside the graph, an object of Python.
   *
   * @param kind as the file says it: {@code as_graph}
   */
  record Other(String kind) implements Argument {}
}
