package io.similitude.checkpoint;

/** A name that a pickle may mention, and what calling it gives. No class of the name is loaded. */
@FunctionalInterface
interface PickleGlobal {
  Object call(PickleTuple arguments) throws MalformedException;

  /** The allow-list: what a name stands for. */
  @FunctionalInterface
  interface Names {
    /**
     * What an allowed name stands for.
     *
     * @throws MalformedException when the name is not allowed
     */
    PickleGlobal find(String module, String name) throws MalformedException;
  }
}
