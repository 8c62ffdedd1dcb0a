package io.similitude.checkpoint.exported;

/**
 * An input of a graph.
 *
 * @param name what the nodes call it
 * @param kind what it is
 * @param source the name of the parameter, buffer or constant; empty for what the caller gives
 */
public record GraphInput(String name, Kind kind, String source) {
  /** What an input is. */
  public enum Kind {
    PARAMETER,
    /** A buffer of the network's state_dict. */
    BUFFER,
    /** A tensor that is not part of the state_dict. */
    CONSTANT,
    /** A tensor that the caller gives. */
    GIVEN,
    /** Something else that the caller gave: the graph has it written in. */
    WRITTEN_IN,
    /** An object that is no tensor. */
    OBJECT
  }
}
