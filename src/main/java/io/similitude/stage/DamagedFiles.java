package io.similitude.stage;

import io.similitude.store.RunWriter;
import io.similitude.store.row.FailureRow;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the run that a command found damaged. They are removed with what is made together
 * with them, so that they are missing and the stages make them again. A file that is damaged once
 * more in the same command is left for a person to look at.
 */
final class DamagedFiles {
  private static final Logger LOG = LoggerFactory.getLogger(DamagedFiles.class);

  private final Map<String, FailureRow> found = new TreeMap<>();
  private final Set<String> dropped = new HashSet<>();

  /**
   * Takes a file down, unless it was removed before.
   *
   * @param failure what is told when it cannot be made again
   */
  void add(String path, FailureRow failure) {
    if (!dropped.contains(path)) {
      found.putIfAbsent(path, failure);
    }
  }

  /** All that were removed. */
  List<String> dropped() {
    return dropped.stream().sorted().toList();
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Removes what was found; returns it. */
  Map<String, FailureRow> drop(RunWriter writer) throws IOException {
    for (Map.Entry<String, FailureRow> file : found.entrySet()) {
      LOG.warn("Removed the damaged file {}: {}", file.getKey(), file.getValue().cause());
      writer.drop(file.getKey());
    }
    dropped.addAll(found.keySet());
    Map<String, FailureRow> removed = new TreeMap<>(found);
    found.clear();
    return removed;
  }
}
