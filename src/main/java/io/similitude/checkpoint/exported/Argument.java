package io.similitude.checkpoint.exported;

import java.util.List;

/** An argument or a result of a node of a graph. */
public sealed interface Argument {
  /**
   * A tensor that an input or an earlier node produced. As an output, it is the name of a new
   * tensor.
   */
  record OfTensor(String name) implements Argument {}

  /** An integer, a real number or a boolean that is known only when the graph runs. */
  record OfSymbol(String name) implements Argument {}

  record Whole(long value) implements Argument {}

  record Real(double value) implements Argument {}

  record Truth(boolean value) implements Argument {}

  record Text(String value) implements Argument {}

  record Nothing() implements Argument {}

  /** A device. Its value is ignored, because the graph runs on the device of its task. */
  record Place() implements Argument {}

  /** A data type of elements, by its number in the file. */
  record ElementType(int code) implements Argument {}

  /** The memory order of a tensor's dimensions, by its number in the file. */
  record MemoryFormat(int code) implements Argument {}

  /** Whether a tensor is dense, by its number in the file. */
  record Layout(int code) implements Argument {}

  /**
   * Several items of one kind.
   *
   * @param kind the kind as written in the file: {@code as_ints}
   */
  record Several(String kind, List<Argument> items) implements Argument {
    public Several {
      items = List.copyOf(items);
    }
  }

  /**
   * An argument that no network of tensors needs: a graph inside the graph, or a Python object.
   *
   * @param kind the kind as written in the file: {@code as_graph}
   */
  record Other(String kind) implements Argument {}
}
