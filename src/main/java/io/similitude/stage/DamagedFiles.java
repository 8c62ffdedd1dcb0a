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
 * The files of the run that a command found damaged. The command removes them, together with the
 * files that are made with them. They are missing then, so the stages make them again. If a file is
 * damaged a second time in the same command, it stays, so that a person can look at it.
 */
final class DamagedFiles {
  private static final Logger LOG = LoggerFactory.getLogger(DamagedFiles.class);

  private final Map<String, FailureRow> found = new TreeMap<>();
  private final Set<String> dropped = new HashSet<>();

  /**
   * Records a file as damaged, unless this command has removed it before.
   *
   * @param failure the failure to report if the file cannot be made again
   */
  void add(String path, FailureRow failure) {
    if (!dropped.contains(path)) {
      found.putIfAbsent(path, failure);
    }
  }

  /** All files that were removed. */
  List<String> dropped() {
    return dropped.stream().sorted().toList();
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Removes the damaged files that were found, and returns them. */
  Map<String, FailureRow> drop(RunWriter writer) throws IOException {
    for (Map.Entry<String, FailureRow> file : found.entrySet()) {
      LOG.warn("Removed the damaged file {}: {}", file.getKey(), file.getValue().cause());
      writer.upkeep().drop(file.getKey());
    }
    dropped.addAll(found.keySet());
    Map<String, FailureRow> removed = new TreeMap<>(found);
    found.clear();
    return removed;
  }
}
