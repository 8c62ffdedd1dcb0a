package io.similitude.checkpoint.torch;

import io.similitude.checkpoint.pickle.PickleValue;
import io.similitude.checkpoint.pickle.PickleValue.Global;
import io.similitude.checkpoint.pickle.PickleValue.Reference;
import io.similitude.checkpoint.pickle.PickleValue.Sequence;
import io.similitude.checkpoint.pickle.PickleValue.Whole;
import io.similitude.checkpoint.tensor.MalformedException;

/**
 * A storage that a pickle names: its key in the archive, the type of its elements and their number.
 * Its original device (cpu, cuda:0) does not matter.
 */
public record StorageRef(String key, StorageType type, long elements) {
  private static final String KIND = "storage";
  private static final int VIEW = 5;

  /** Whether a reference is to a storage. Legacy files also refer to the classes of modules. */
  static boolean isStorage(Reference reference) {
    return reference.id() instanceof Sequence id
        && id.size() > 0
        && PickleValue.text(id.items().get(0)).filter(KIND::equals).isPresent();
  }

  /**
   * The storage of torch.save's persistent id: ('storage', class, key, location, elements); legacy
   * files add the view (None).
   */
  public static StorageRef of(Reference reference) throws MalformedException {
    if (!(reference.id() instanceof Sequence id) || !isStorage(reference)) {
      throw new MalformedException("its pickle is broken: a tensor has no storage");
    }
    if (id.size() > VIEW && id.items().get(VIEW) instanceof Sequence) {
      throw new MalformedException(
          "its storages are views of each other, as torch before 0.4 saved them"
              + " (load and save it with a newer torch)");
    }
    long elements = id.get(4, Whole.class).value();
    StorageType type = StorageType.of(id.get(1, Global.class));
    if (elements < 0 || elements > Long.MAX_VALUE / type.size()) {
      throw new MalformedException("its pickle has a storage of " + elements + " elements");
    }
    return new StorageRef(id.text(2), type, elements);
  }

  public long bytes() {
    return elements * type.size();
  }

  public static MalformedException bigEndian() {
    return new MalformedException(
        "its numbers are big-endian (load and save it with torch on a little-endian machine)");
  }
}
