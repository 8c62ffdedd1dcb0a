package io.similitude.spec;

import java.io.Serializable;

/**
 * How the examples are shown to a checkpoint: as they are.
 *
 * @param id what tables and report call it
 */
public record ViewSpec(String id) implements Serializable {
  /** The view that a spec has when it names none. */
  public static final ViewSpec BENIGN = new ViewSpec("benign");

  public ViewSpec {
    Ids.require("view id", id);
  }
}
