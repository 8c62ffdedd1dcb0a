package io.similitude.store;

import io.similitude.store.row.Table;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps a run's folder in order: drops damaged files, moves files that are not needed to the trash,
 * and merges small parts of the similarities.
 */
public final class RunUpkeep {
  static final String TRASH = "_trash";

  private final RunWriter writer;

  RunUpkeep(RunWriter writer) {
    this.writer = writer;
  }

  /**
   * Removes a damaged file and all files that are made together with it: the files of a unit, a
   * part with its replicates, a training. The removed files then count as missing, so they are made
   * again.
   */
  public void drop(String path) throws IOException {
    for (String together : MadeTogether.with(path)) {
      writer.folder().storage().delete(together);
    }
    if (path.startsWith(Table.SIMILARITIES.folder() + "/")
        || path.startsWith(Table.REPLICATES.folder() + "/")) {
      writer.markIncomplete();
    }
  }

  /**
   * Moves a file from its table to the trash and keeps it until {@link #emptyTrash}. Readers that
   * have the file open can still read it after the move. On object stores they cannot, because
   * there a move is a copy and a removal.
   *
   * @return the new place of the file
   */
  public String moveToTrash(String path) throws IOException {
    String trashed = TRASH + "/" + writer.folder().storage().now() + "/" + path;
    writer.folder().storage().move(path, trashed);
    return trashed;
  }

  /** Removes the files that were moved to the trash before a given time. */
  public void emptyTrash(Instant before) throws IOException {
    for (String path : writer.folder().listing().trash(before).keySet()) {
      writer.folder().storage().delete(path);
    }
  }

  /**
   * Merges parts of the similarities into one part, and their replicates too. The rows are not
   * changed. The single parts are removed just before the merged part is added. So no reader sees a
   * pair twice.
   *
   * @param coverage the coverage of all of them together
   */
  public void merge(List<Part> parts, Part into, Coverage coverage) throws IOException {
    Map<String, String> metadata = new HashMap<>(coverage.metadata());
    metadata.put(TableWriter.DIGEST_KEY, into.digest());
    List<Part> replicated = List.copyOf(writer.folder().listing().withReplicates(parts));
    PendingFile whole = writer.staged(into.file().path());
    PendingFile replicates = writer.staged(into.replicates().path());
    try {
      MergedFile.write(
          writer.folder().storage(),
          parts.stream().map(it -> it.file().path()).toList(),
          whole,
          metadata);
      if (!replicated.isEmpty()) {
        MergedFile.write(
            writer.folder().storage(),
            replicated.stream().map(it -> it.replicates().path()).toList(),
            replicates,
            Map.of(TableWriter.DIGEST_KEY, into.digest()));
      }
      for (Part part : parts) {
        moveToTrash(part.file().path());
      }
      for (Part part : replicated) {
        moveToTrash(part.replicates().path());
      }
      if (!replicated.isEmpty()) {
        replicates.replace();
      }
      whole.replace();
    } finally {
      whole.drop();
      replicates.drop();
    }
  }
}
