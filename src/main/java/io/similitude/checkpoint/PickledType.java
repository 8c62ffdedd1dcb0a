package io.similitude.checkpoint;

/** NumPy's type of the values of an array, by its code, such as {@code u1}. */
record PickledType(String code) implements PickleContainer {
  @Override
  public void put(Object key, Object value) throws MalformedException {
    throw new MalformedException("its pickle is broken: it sets a key of a type");
  }

  @Override
  public void add(Object value) throws MalformedException {
    throw new MalformedException("its pickle is broken: it appends to a type");
  }
}
