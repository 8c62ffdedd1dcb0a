package io.similitude.checkpoint.exported;

/**
 * An input of a graph.
 *
 * @param name the name that the nodes use
 * @param kind its kind
 * @param source the name of the parameter, buffer or constant; empty for an input from the caller
 */
public record GraphInput(String name, Kind kind, String source) {
  /** The kinds of inputs. */
  public enum Kind {
    PARAMETER,
    /** A buffer of the network's state_dict. */
    BUFFER,
    /** A tensor that is not part of the state_dict. */
    CONSTANT,
    /** A tensor that the caller gives. */
    GIVEN,
    /** A value from the caller that is not a tensor. The graph has it as a fixed value. */
    WRITTEN_IN,
    /** An object that is not a tensor. */
    OBJECT
  }
}
