package io.similitude.checkpoint;

/**
 * A storage that a pickle names: its key in the archive, the type of its elements and their number.
 * Where it lived (cpu, cuda:0) does not matter.
 */
record StorageRef(String key, DType dtype, long elements) {
  private static final String KIND = "storage";

  /** The storage of torch.save's persistent id: ('storage', class, key, location, elements). */
  static StorageRef ofPersistentId(PickleTuple id) throws MalformedException {
    if (!id.get(0, String.class).equals(KIND)) {
      throw new MalformedException("its pickle is broken: a persistent id is no storage");
    }
    long elements = id.get(4, Long.class);
    if (elements < 0 || elements > Long.MAX_VALUE / Long.BYTES) {
      throw new MalformedException("its pickle has a storage of " + elements + " elements");
    }
    return new StorageRef(id.get(2, String.class), id.get(1, StorageClass.class).dtype(), elements);
  }

  long bytes() {
    return elements * dtype.size();
  }
}
