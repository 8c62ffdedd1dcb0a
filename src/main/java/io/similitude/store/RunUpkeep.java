package io.similitude.store;

import static java.util.stream.Collectors.toSet;

import io.similitude.store.row.Table;
import io.similitude.store.row.UnitKey;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Keeps a run's folder in order: removes files that the plan does not have, drops damaged files,
 * moves files that are not needed to the trash, and merges small parts of the similarities.
 */
public final class RunUpkeep {
  static final String TRASH = "_trash";

  private final RunWriter writer;

  RunUpkeep(RunWriter writer) {
    this.writer = writer;
  }

  /**
   * Removes files from the plan's partitions that the plan does not have. Call it on the driver,
   * before its tasks.
   */
  public void clearSuperseded(Collection<Unit> plan) throws IOException {
    for (Table table : Table.OF_UNITS) {
      Set<String> folders =
          plan.stream().map(unit -> TableFile.unitFolder(table, unit.key())).collect(toSet());
      clear(table, folders, plan.stream().flatMap(unit -> unit.files().stream()));
    }
  }

  /** Removes all files of a checkpoint's units under these views. Call it on the driver. */
  public void clearUnits(String checkpoint, Collection<String> views) throws IOException {
    List<UnitKey> units = views.stream().map(view -> new UnitKey(checkpoint, view, 0)).toList();
    for (Table table : Table.OF_UNITS) {
      Set<String> folders =
          units.stream().map(unit -> TableFile.unitFolder(table, unit)).collect(toSet());
      clear(table, folders, Stream.of());
    }
  }

  /**
   * Removes all parts of the similarities except the plan's. Call it on the driver, before its
   * tasks.
   */
  public void clearSupersededParts(Collection<Part> plan) throws IOException {
    Set<String> folders = Set.of(Table.SIMILARITIES.folder());
    clear(Table.SIMILARITIES, folders, plan.stream().map(Part::file));
    Set<String> ofReplicates = Set.of(Table.REPLICATES.folder());
    clear(Table.REPLICATES, ofReplicates, plan.stream().map(Part::replicates));
  }

  /** Removes all files of a training. Call it on the driver, before the training begins again. */
  public void clearTraining(TrainedEpochs training) throws IOException {
    // Without its rows no epoch is done, even if its other files exist.
    writer.folder().storage().delete(training.rowsFolder());
    writer.folder().storage().delete(training.weightsFolder());
  }

  /** Removes a file of the run's folder that belongs to no table. */
  public void removeFile(String path) throws IOException {
    writer.folder().storage().delete(path);
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
      writer.removeQValues();
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

  /**
   * Removes the table files that are not to be kept from these folders. Removes empty files too.
   */
  void clear(Table table, Set<String> folders, Stream<TableFile> keep) throws IOException {
    RunStorage storage = writer.folder().storage();
    Set<String> kept = keep.map(TableFile::path).collect(toSet());
    for (Map.Entry<String, Long> file : storage.list(table.folder()).entrySet()) {
      String path = file.getKey();
      boolean ours = path.endsWith(".parquet") && folders.contains(parent(path));
      if (ours && (file.getValue() == 0 || !kept.contains(path))) {
        storage.delete(path);
      }
    }
  }

  private static String parent(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }
}
