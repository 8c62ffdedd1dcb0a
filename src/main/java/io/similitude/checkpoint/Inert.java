package io.similitude.checkpoint;

/**
 * A value that weights do not need: None, bytes, sets, options, numbers of NumPy. It stands for the
 * value and keeps nothing of it.
 */
enum Inert implements PickleContainer {
  VALUE;

  @Override
  public void put(Object key, Object value) {
    // what is put into it is dropped
  }

  @Override
  public void add(Object value) {
    // what is added to it is dropped
  }
}
