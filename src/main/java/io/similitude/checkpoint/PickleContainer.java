package io.similitude.checkpoint;

/** What a pickle fills after it has made it. */
sealed interface PickleContainer permits PickleDict, PickleList, Inert {
  void put(Object key, Object value) throws MalformedException;

  void add(Object value) throws MalformedException;
}
