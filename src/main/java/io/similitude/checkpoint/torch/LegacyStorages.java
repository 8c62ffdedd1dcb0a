package io.similitude.checkpoint.torch;

import io.similitude.checkpoint.tensor.FileBytes;
import io.similitude.checkpoint.tensor.MalformedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** The storages of a legacy file, found by walking from one to the next. */
public final class LegacyStorages implements Storages {
  private final FileBytes file;
  private final Map<String, Long> positions = new HashMap<>();

  private LegacyStorages(FileBytes file) {
    this.file = file;
  }

  public static LegacyStorages find(FileBytes file, LegacyPickles pickles) throws IOException {
    LegacyStorages storages = new LegacyStorages(file);
    long at = pickles.end();
    for (String key : pickles.keys()) {
      at = storages.add(key, pickles.storages().get(key), at);
    }
    return storages;
  }

  /**
   * Records the storage whose length is at this position. Returns the position of the next
   * storage's length.
   */
  private long add(String key, StorageRef storage, long at) throws IOException {
    if (storage == null || positions.containsKey(key)) {
      throw new MalformedException(describe(key) + " occurs twice, or belongs to no tensor");
    }
    long elements = file.read(at, Long.BYTES, describe(key) + ", its length,").getLong();
    if (elements != storage.elements()) {
      throw new MalformedException(
          describe(key) + " has " + elements + " elements, its tensors want " + storage.elements());
    }
    positions.put(key, at + Long.BYTES);
    long end = at + Long.BYTES + storage.bytes();
    if (end < 0 || end > file.size()) {
      throw new MalformedException(
          describe(key) + " ends at byte " + end + " of " + file.size() + " (is it truncated?)");
    }
    return end;
  }

  @Override
  public ByteBuffer read(StorageRef storage) throws IOException {
    Long position = positions.get(storage.key());
    if (position == null) {
      throw new MalformedException(describe(storage.key()) + " is missing");
    }
    return file.read(position, storage.bytes(), describe(storage.key()));
  }

  private static String describe(String key) {
    return "its storage " + MalformedException.quote(key);
  }
}
