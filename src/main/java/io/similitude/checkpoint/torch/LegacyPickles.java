package io.similitude.checkpoint.torch;

import io.similitude.checkpoint.pickle.PickleInput;
import io.similitude.checkpoint.pickle.PickleValue;
import io.similitude.checkpoint.pickle.PickleValue.Mapping;
import io.similitude.checkpoint.pickle.PickleValue.Reference;
import io.similitude.checkpoint.pickle.PickleValue.Sequence;
import io.similitude.checkpoint.pickle.PickleValue.Truth;
import io.similitude.checkpoint.pickle.PickleValue.Whole;
import io.similitude.checkpoint.pickle.Unpickler;
import io.similitude.checkpoint.tensor.FileBytes;
import io.similitude.checkpoint.tensor.MalformedException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The pickles of a legacy file.
 *
 * @param object the saved object
 * @param storages all storages that the object names, by key
 * @param keys of the storages, in their order in the file
 * @param end the position of the first storage, in bytes
 */
public record LegacyPickles(
    PickleValue object, Map<String, StorageRef> storages, List<String> keys, long end) {
  private static final long VERSION = 1001;

  /**
   * The usual length. Pickles of weights are shorter, and the storages after them need not be read
   * too.
   */
  private static final long USUAL_LENGTH = 8 << 20;

  /** The largest length. NumPy arrays are inside the pickle. */
  private static final long LONGEST = 256 << 20;

  public static LegacyPickles read(FileBytes file) throws IOException {
    if (file.size() > USUAL_LENGTH) {
      try {
        return read(file, USUAL_LENGTH);
      } catch (MalformedException e) {
        // The pickle may be longer.
      }
    }
    return read(file, Math.min(file.size(), LONGEST));
  }

  private static LegacyPickles read(FileBytes file, long length) throws IOException {
    PickleInput input = new PickleInput(file.read(0, length, "its pickle").array());
    Unpickler.read(input);
    requireVersion(Unpickler.read(input).value());
    requireLittleEndian(Unpickler.read(input).value());
    Unpickler.Pickle object = Unpickler.read(input);
    PickleValue keys = Unpickler.read(input).value();
    return new LegacyPickles(object.value(), storages(object), keys(keys), input.position());
  }

  private static void requireVersion(PickleValue version) throws MalformedException {
    if (!version.equals(new Whole(VERSION))) {
      throw new MalformedException(
          "it is a legacy pickle of a version that torch never wrote (must be " + VERSION + ")");
    }
  }

  private static void requireLittleEndian(PickleValue machine) throws MalformedException {
    if (machine instanceof Mapping facts && new Truth(false).equals(facts.get("little_endian"))) {
      throw StorageRef.bigEndian();
    }
  }

  private static Map<String, StorageRef> storages(Unpickler.Pickle object)
      throws MalformedException {
    Map<String, StorageRef> storages = new HashMap<>();
    for (Reference reference : object.references()) {
      if (StorageRef.isStorage(reference)) {
        add(StorageRef.of(reference), storages);
      }
    }
    return storages;
  }

  private static void add(StorageRef storage, Map<String, StorageRef> storages)
      throws MalformedException {
    StorageRef known = storages.putIfAbsent(storage.key(), storage);
    if (known != null && !known.equals(storage)) {
      throw new MalformedException(
          "its pickle describes storage "
              + MalformedException.quote(storage.key())
              + " in two ways");
    }
  }

  private static List<String> keys(PickleValue keys) throws MalformedException {
    if (!(keys instanceof Sequence list)) {
      throw new MalformedException("its pickle is broken: the list of its storages is missing");
    }
    return list.texts();
  }
}
