package io.similitude.store;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import io.similitude.store.row.Table;
import io.similitude.store.row.UnitKey;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a run's folder holds: which units, parts and epochs are done, and which files there are. It
 * lists folders and opens no file. Each call lists again.
 */
public final class RunListing {
  private final RunFolder folder;

  RunListing(RunFolder folder) {
    this.folder = folder;
  }

  /** The units of a plan that are done, which means that all their files exist. Opens no file. */
  public Set<UnitKey> done(Collection<Unit> plan) throws IOException {
    Set<String> there = new HashSet<>();
    for (Table table : tables(plan)) {
      there.addAll(files(table));
    }
    return plan.stream()
        .filter(unit -> unit.files().stream().allMatch(file -> there.contains(file.path())))
        .map(Unit::key)
        .collect(toCollection(TreeSet::new));
  }

  /** The parts of the similarities that are done. Opens no file. */
  public Set<Part> present(Collection<Part> plan) throws IOException {
    Set<String> there = files(Table.SIMILARITIES);
    return plan.stream().filter(part -> there.contains(part.file().path())).collect(toSet());
  }

  /** The last epoch of a training that is done. Epoch 0 is the untrained network. */
  public OptionalInt lastEpoch(TrainedEpochs training) throws IOException {
    return training.last(files(Table.TRAINING));
  }

  /** The last epochs of the trainings that have begun, by the training's id. */
  public Map<String, Integer> lastEpochs(Collection<TrainedEpochs> trainings) throws IOException {
    Set<String> there = files(Table.TRAINING);
    Map<String, Integer> last = new LinkedHashMap<>();
    for (TrainedEpochs training : trainings) {
      training.last(there).ifPresent(epoch -> last.put(training.training(), epoch));
    }
    return last;
  }

  /** Whether the similarities hold exactly these parts, all with q-values. */
  public boolean isComplete(Collection<Part> parts) throws IOException {
    List<String> paths = RunFolder.files(parts);
    Set<String> qValues = QValueTable.of(paths).stream().map(TableFile::path).collect(toSet());
    return files(Table.Q_VALUES).equals(qValues) && parts().equals(Set.copyOf(paths));
  }

  /** The files of all parts of the similarities, whether a plan has them or not. */
  Set<String> parts() throws IOException {
    return files(Table.SIMILARITIES).stream()
        .filter(path -> path.endsWith(".parquet"))
        .collect(toSet());
  }

  /** The files of a table with their sizes in bytes, by path relative to the run's folder. */
  public Map<String, Long> tableFiles(Table table) throws IOException {
    Map<String, Long> files = new TreeMap<>(folder.storage().list(table.folder()));
    files.keySet().removeIf(path -> !path.endsWith(".parquet"));
    return files;
  }

  /**
   * The files outside of tables that belong to units, with sizes: perturbed inputs, trained
   * weights, what is remembered of units that ended their process.
   */
  public Map<String, Long> otherFiles() throws IOException {
    Map<String, Long> files = new TreeMap<>(folder.storage().list("_crafted"));
    files.putAll(folder.storage().list("checkpoints"));
    files.putAll(folder.storage().list("_ended"));
    return files;
  }

  /**
   * The files that only earlier versions wrote, with sizes: {@code moments}, whose numbers are
   * columns of the Gram matrices now, and the mark of similarities that have their q-values.
   */
  public Map<String, Long> formerFiles() throws IOException {
    Map<String, Long> files = new TreeMap<>(folder.storage().list(Table.SIMILARITIES.folder()));
    files.keySet().removeIf(path -> path.endsWith(".parquet"));
    files.putAll(folder.storage().list("moments"));
    return files;
  }

  /** The files that were moved to the trash before a given time, with sizes in bytes. */
  public Map<String, Long> trash(Instant before) throws IOException {
    Map<String, Long> files = new TreeMap<>(folder.storage().list(RunUpkeep.TRASH));
    files.keySet().removeIf(path -> !RunStorage.moment(path.split("/", -1)[1]).isBefore(before));
    return files;
  }

  /** The given parts that have their replicates. */
  public Set<Part> withReplicates(Collection<Part> parts) throws IOException {
    Set<String> there = files(Table.REPLICATES);
    return parts.stream().filter(it -> there.contains(it.replicates().path())).collect(toSet());
  }

  /**
   * The checkpoints that have no layers written with their digest. Opens no file.
   *
   * @param digests the digests, by checkpoint
   */
  public Set<String> missingLayers(Map<String, String> digests) throws IOException {
    Set<String> there = files(Table.LAYERS);
    return digests.entrySet().stream()
        .filter(it -> !there.contains(TableFile.ofLayers(it.getKey(), it.getValue()).path()))
        .map(Map.Entry::getKey)
        .collect(toCollection(TreeSet::new));
  }

  /**
   * The units that have at least one file, by checkpoint. Each unit is written as checkpoint, view
   * and batch, which come from the paths. Opens no file.
   */
  public Map<String, Set<String>> storedUnits() throws IOException {
    Map<String, Set<String>> units = new TreeMap<>();
    for (Table table : Table.OF_UNITS) {
      for (String path : tableFiles(table).keySet()) {
        String unit =
            path.substring(path.indexOf('/') + 1, path.indexOf('.', path.lastIndexOf('/')));
        String checkpoint = unit.substring(unit.indexOf('=') + 1, unit.indexOf('/'));
        units.computeIfAbsent(checkpoint, key -> new TreeSet<>()).add(unit);
      }
    }
    return units;
  }

  /**
   * The files of a table that are not empty. A power failure during a move can leave an empty file.
   * No committed file is empty.
   */
  Set<String> files(Table table) throws IOException {
    return folder.storage().list(table.folder()).entrySet().stream()
        .filter(file -> file.getValue() > 0)
        .map(Map.Entry::getKey)
        .collect(toSet());
  }

  private static Set<Table> tables(Collection<Unit> plan) {
    return plan.stream().flatMap(unit -> unit.tables().stream()).collect(toSet());
  }
}
