package io.similitude.checkpoint;

/** What a pickle fills after it has made it. */
sealed interface PickleContainer
    permits PickleDict, PickleList, Inert, PickledArray, PickledType, ScriptObject {
  void put(Object key, Object value) throws MalformedException;

  void add(Object value) throws MalformedException;

  /**
   * Takes the state of an object. Most need none of it: attributes of a dictionary (torch's
   * _metadata), options.
   *
   * @param position of the instruction in the pickle
   */
  default void build(Object state, int position) {}
}
