package io.similitude.checkpoint.format;

import io.similitude.checkpoint.tensor.FileBytes;
import io.similitude.checkpoint.tensor.MalformedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The index of a sharded checkpoint: which tensors are in which file. */
final class SafetensorsIndex {
  /** The longest index. 10,000 tensors take 1 MB. */
  private static final long LONGEST = 8 << 20;

  /** The largest number of shards. The largest models have some hundred. */
  private static final int MOST_SHARDS = 10_000;

  /** The name of a file in the folder of the index. */
  private static final Pattern FILE_NAME =
      Pattern.compile("(?!\\.\\.?$)[^/\\\\:\\p{Cntrl}]{1,255}");

  private static final String WEIGHT_MAP = "weight_map";
  private static final String WHAT = "its index";

  private final Map<String, Set<String>> namesByShard = new LinkedHashMap<>();
  private int tensors;

  private SafetensorsIndex() {}

  static SafetensorsIndex read(Path file) throws IOException {
    SafetensorsIndex index = new SafetensorsIndex();
    try (FileBytes bytes = FileBytes.open(file)) {
      if (bytes.size() > LONGEST) {
        throw new MalformedException(
            "it has " + bytes.size() + " bytes (an index must have at most " + LONGEST + ")");
      }
      JsonObjects.read(bytes.read(0, bytes.size(), WHAT), WHAT, index::readMember);
    }
    index.requireShards();
    return index;
  }

  private void readMember(String member, JsonObjects value) throws IOException {
    if (member.equals(WEIGHT_MAP)) {
      value.readObject((name, shard) -> add(name, shard.readText()));
    } else {
      value.skip();
    }
  }

  private void add(String name, String shard) throws MalformedException {
    if (!FILE_NAME.matcher(shard).matches()) {
      throw new MalformedException(
          "its index names the shard "
              + MalformedException.quote(shard)
              + " (must be a file in the same folder)");
    }
    namesByShard.computeIfAbsent(shard, s -> new LinkedHashSet<>()).add(TensorNames.require(name));
    TensorNames.requireCount(++tensors);
  }

  private void requireShards() throws MalformedException {
    if (namesByShard.isEmpty()) {
      throw new MalformedException(
          "it is JSON without a weight_map"
              + " (must be the index of a sharded safetensors checkpoint)");
    }
    if (namesByShard.size() > MOST_SHARDS) {
      throw new MalformedException("its index has more than " + MOST_SHARDS + " shards");
    }
  }

  /** The file names of the shards, in the order of the index. */
  Set<String> shards() {
    return Collections.unmodifiableSet(namesByShard.keySet());
  }

  Set<String> namesIn(String shard) {
    return Collections.unmodifiableSet(namesByShard.get(shard));
  }
}
