package io.similitude.checkpoint;

/** One of torch's storage classes, as the pickle names it. */
record StorageClass(DType dtype) implements PickleGlobal {
  @Override
  public Object call(PickleTuple arguments) throws MalformedException {
    throw new MalformedException("its pickle holds a bare storage, not a tensor");
  }
}
