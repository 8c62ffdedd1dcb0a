package io.similitude.checkpoint;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The pickles of a legacy file.
 *
 * @param object what was saved
 * @param storages all storages that the object names, by key
 * @param keys of the storages, in the order in which they lie in the file
 * @param end where the storages begin, in bytes
 */
record LegacyPickles(Object object, Map<String, StorageRef> storages, List<String> keys, long end) {
  private static final long VERSION = 1001;

  static LegacyPickles read(FileBytes file) throws IOException {
    long length = Math.min(file.size(), Unpickler.LONGEST_PICKLE);
    PickleInput input = new PickleInput(file.read(0, length, "its pickle").array());
    unpickle(input);
    requireVersion(unpickle(input));
    requireLittleEndian(unpickle(input));
    Map<String, StorageRef> storages = new HashMap<>();
    Object object =
        new Unpickler(
                input, TorchGlobals::find, id -> note(StorageRef.ofPersistentId(id), storages))
            .read();
    return new LegacyPickles(object, storages, keys(unpickle(input)), input.position());
  }

  private static Object unpickle(PickleInput input) throws MalformedException {
    return new Unpickler(input, TorchGlobals::find, StorageRef::ofPersistentId).read();
  }

  private static void requireVersion(Object version) throws MalformedException {
    if (!version.equals(VERSION)) {
      throw new MalformedException(
          "it is a legacy pickle of a version that torch never wrote (must be " + VERSION + ")");
    }
  }

  private static void requireLittleEndian(Object machine) throws MalformedException {
    if (machine instanceof PickleDict facts && Boolean.FALSE.equals(facts.get("little_endian"))) {
      throw StorageRef.bigEndian();
    }
  }

  private static StorageRef note(StorageRef storage, Map<String, StorageRef> storages)
      throws MalformedException {
    StorageRef known = storages.putIfAbsent(storage.key(), storage);
    if (known != null && !known.equals(storage)) {
      throw new MalformedException(
          "its pickle describes storage "
              + MalformedException.quote(storage.key())
              + " in two ways");
    }
    return storage;
  }

  private static List<String> keys(Object keys) throws MalformedException {
    if (!(keys instanceof PickleList list)) {
      throw new MalformedException("its pickle is broken: the list of its storages is missing");
    }
    return list.texts();
  }
}
