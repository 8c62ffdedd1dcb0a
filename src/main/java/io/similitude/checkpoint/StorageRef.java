package io.similitude.checkpoint;

/**
 * A storage that a pickle names: its key in the archive, the type of its elements and their number.
 * Where it lived (cpu, cuda:0) does not matter.
 */
record StorageRef(String key, DType dtype, long elements) {
  private static final String KIND = "storage";
  private static final int VIEW = 5;

  /**
   * The storage of torch.save's persistent id: ('storage', class, key, location, elements), and in
   * legacy files the view (None).
   */
  static StorageRef ofPersistentId(PickleTuple id) throws MalformedException {
    if (!id.get(0, String.class).equals(KIND)) {
      throw new MalformedException(
          "it holds a whole module, not its weights"
              + " (save the state_dict alone: torch.save(model.state_dict(), ...))");
    }
    if (id.size() > VIEW && id.get(VIEW, Object.class) instanceof PickleTuple) {
      throw new MalformedException(
          "its storages are views of each other, as torch before 0.4 saved them"
              + " (load and save it with a newer torch)");
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

  static MalformedException bigEndian() {
    return new MalformedException(
        "its numbers are big-endian (load and save it with torch on a little-endian machine)");
  }
}
