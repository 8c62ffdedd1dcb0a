package io.similitude.store;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import io.similitude.input.InputException;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.significance.PValues;
import io.similitude.store.row.FailureRow;
import io.similitude.store.row.GramSummaryRow;
import io.similitude.store.row.LayerRow;
import io.similitude.store.row.Table;
import io.similitude.store.row.UnitKey;
import io.similitude.store.row.UnitRow;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The folder in which a run leaves its tables: what is done there, and the doors to reading and
 * writing. It travels to executors and brings its Hadoop settings along. Making one has no effect
 * on the folder.
 *
 * <p><b>Layout.</b> What a unit adds to a table is one Parquet file, {@code
 * grams/checkpoint=a/view=b/batch-00003.<first 16 digits of the unit's digest>.parquet}. It is
 * written under {@code _staging/}, outside of the tables, and moved into its place when it is
 * closed. So a reader of a table's folder sees whole units only, and a listing alone says what is
 * done: there are no markers to disagree with the data, but for the mark that the similarities have
 * their q-values, which goes before a part changes and comes when all are there. A reader that has
 * listed a file just before it is superseded and removed gets an error from its tool, never a wrong
 * row.
 *
 * <p><b>What stays.</b> Files of other digests or batches than the plan's are removed from the
 * partitions (checkpoint, view) of the plan before new ones come in, so that each unit is there
 * once. Partitions that the plan does not name are left standing: a checkpoint that is taken out of
 * the spec and put back costs nothing. Whoever reads a table for a plan keeps to the plan's
 * checkpoints and views. A part of the similarities tells which pairs it holds, and stays as long
 * as the plan has all of them.
 */
public final class RunFolder implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String location;
  private final SerializableConfiguration hadoop;

  private RunFolder(String location, Configuration hadoop) {
    this.location = location;
    this.hadoop = new SerializableConfiguration(hadoop);
  }

  /**
   * The run's folder at a path or URI of any Hadoop file system; relative paths count from the
   * working directory.
   *
   * @throws InputException if there is no such file system
   */
  public static RunFolder at(String location, Configuration hadoop) {
    try {
      Path path = new Path(location);
      return new RunFolder(path.getFileSystem(hadoop).makeQualified(path).toString(), hadoop);
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException(
          "Cannot use the output folder " + location + ": " + e.getMessage() + " (check output)",
          e);
    }
  }

  /** The folder's full URI. */
  public String location() {
    return location;
  }

  /** The units of a plan that are done: those whose files are all there. Opens none of them. */
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

  /** The parts of the similarities that are done. Opens none of them. */
  public Set<Part> present(Collection<Part> plan) throws IOException {
    Set<String> there = files(Table.SIMILARITIES);
    return plan.stream().filter(part -> there.contains(part.file().path())).collect(toSet());
  }

  /** Those moments that are done. Opens none of them. */
  public Set<GramSummaries> presentMoments(Collection<GramSummaries> plan) throws IOException {
    Set<String> there = files(Table.MOMENTS);
    return plan.stream().filter(it -> there.contains(it.file().path())).collect(toSet());
  }

  /**
   * The moments of a checkpoint under a view, in the order in which they were written; read without
   * Spark.
   *
   * @throws IOException if they are not there or damaged
   */
  public List<GramSummaryRow> moments(GramSummaries moments) throws IOException {
    return moments.read(storage());
  }

  /** The last epoch of a training that is done, 0 being the untrained network. */
  public OptionalInt lastEpoch(TrainedEpochs training) throws IOException {
    return training.last(files(Table.TRAINING));
  }

  /** The last epochs of several trainings, by the training's id; those that have begun. */
  public Map<String, Integer> lastEpochs(Collection<TrainedEpochs> trainings) throws IOException {
    Set<String> there = files(Table.TRAINING);
    Map<String, Integer> last = new LinkedHashMap<>();
    for (TrainedEpochs training : trainings) {
      training.last(there).ifPresent(epoch -> last.put(training.training(), epoch));
    }
    return last;
  }

  /**
   * The rows of an epoch that is done.
   *
   * @throws IOException if they are damaged
   */
  public List<TrainedEpochs.Row> trainingRows(TrainedEpochs training, int epoch)
      throws IOException {
    return training.read(storage(), epoch);
  }

  /**
   * What is told of the parts of the similarities that are done, but for those of which it is
   * known. A part that is damaged is left out.
   */
  public Map<Part, Coverage> coverages(Collection<Part> known) throws IOException {
    Set<String> paths = known.stream().map(part -> part.file().path()).collect(toSet());
    Map<Part, Coverage> coverages = new LinkedHashMap<>();
    for (String path : new TreeSet<>(files(Table.SIMILARITIES))) {
      if (path.endsWith(".parquet") && !paths.contains(path)) {
        PartFooter.read(storage(), path)
            .ifPresent(footer -> coverages.put(footer.part(), footer.coverage()));
      }
    }
    return coverages;
  }

  /**
   * The p-values of a part of the similarities, by the measure that they are of.
   *
   * @throws IOException if the part is not there or damaged
   */
  public Map<MeasureColumns, PValues> pValues(Part part) throws IOException {
    return PValueColumn.PartPValues.read(storage(), part.file());
  }

  /** Whether the similarities hold these parts and no other, with q-values of all of them. */
  public boolean isComplete(Collection<Part> parts) throws IOException {
    Set<String> there = files(Table.SIMILARITIES);
    return there.contains(CompleteTable.path(parts))
        && there.containsAll(parts.stream().map(part -> part.file().path()).toList())
        && !hasSupersededParts(parts);
  }

  /**
   * The layers of a checkpoint, by position, as written with that digest; read without Spark.
   *
   * @throws IOException if they are not there or damaged
   */
  public List<LayerRow> layers(String checkpoint, String digest) throws IOException {
    return LayersFile.read(storage(), TableFile.ofLayers(checkpoint, digest));
  }

  /**
   * Opens the Gram matrices of a unit at these positions; read without Spark.
   *
   * @throws IOException if they are not there or damaged
   */
  public GramReader grams(Unit unit, Collection<Integer> positions) throws IOException {
    return new GramReader(storage(), unit.file(Table.GRAMS), positions);
  }

  /**
   * What a checkpoint said of the examples of a unit, in their order; read without Spark. None
   * where the unit has no predictions.
   *
   * @throws IOException if they are damaged
   */
  public List<UnitRow.Prediction.Outcome> predictions(Unit unit) throws IOException {
    if (!unit.tables().contains(Table.PREDICTIONS)) {
      return List.of();
    }
    List<UnitRow.Prediction.Outcome> predictions = new ArrayList<>();
    List<String> columns = List.of("example_id", "label", "correct");
    try (TableReader<Group> in =
        TableReader.ofColumns(storage(), unit.file(Table.PREDICTIONS), columns)) {
      for (Group row = in.next(); row != null; row = in.next()) {
        boolean hasLabel = row.getFieldRepetitionCount("label") > 0;
        predictions.add(
            new UnitRow.Prediction.Outcome(
                row.getLong("example_id", 0),
                hasLabel ? row.getInteger("label", 0) : null,
                hasLabel ? row.getBoolean("correct", 0) : null));
      }
    }
    return predictions;
  }

  /**
   * Opens the activations of a unit at these positions; read without Spark.
   *
   * @throws IOException if they are not there or damaged
   */
  public ActivationReader activations(Unit unit, Collection<Integer> positions) throws IOException {
    return new ActivationReader(storage(), unit.file(Table.ACTIVATIONS), positions);
  }

  /**
   * The bytes of a file of {@link RunWriter#writeSealed}.
   *
   * @throws DamagedFile if they are not those that were written
   */
  public byte[] readSealed(String path) throws IOException {
    byte[] sealed = storage().read(path);
    int length = sealed.length - BlockDigest.BYTES;
    boolean isWhole =
        length >= 0
            && Arrays.equals(
                BlockDigest.of(sealed, length),
                0,
                BlockDigest.BYTES,
                sealed,
                length,
                sealed.length);
    if (!isWhole) {
      String name = storage().path(path).toString();
      throw new DamagedFile(path, name, "its bytes are not those that were written", null);
    }
    return Arrays.copyOf(sealed, length);
  }

  /**
   * Checks every byte of these files of tables.
   *
   * @param paths relative to the run's folder
   * @throws DamagedFile naming all that are damaged
   */
  public void check(Collection<String> paths) throws IOException {
    RunStorage storage = storage();
    List<DamagedFile> damaged = new ArrayList<>();
    for (String path : paths) {
      try {
        Seal.check(storage, path);
      } catch (DamagedFile e) {
        damaged.add(e);
      }
    }
    if (!damaged.isEmpty()) {
      throw new DamagedFile(damaged);
    }
  }

  /** The files of some parts, by path relative to the run's folder. */
  public static List<String> files(Collection<Part> parts) {
    return parts.stream().map(part -> part.file().path()).toList();
  }

  /** Where the layers of a checkpoint are as written with that digest. */
  public static String layersPath(String checkpoint, String digest) {
    return TableFile.ofLayers(checkpoint, digest).path();
  }

  /** The files of a table with their sizes in bytes, by path relative to the run's folder. */
  public Map<String, Long> tableFiles(Table table) throws IOException {
    Map<String, Long> files = new TreeMap<>(storage().list(table.folder()));
    files.keySet().removeIf(path -> !path.endsWith(".parquet"));
    return files;
  }

  /** Files outside of tables that units are made of: perturbed inputs, trained weights; sizes. */
  public Map<String, Long> otherFiles() throws IOException {
    Map<String, Long> files = new TreeMap<>(storage().list("_crafted"));
    files.putAll(storage().list("checkpoints"));
    return files;
  }

  /** What was moved to the trash before some time, with sizes in bytes. */
  public Map<String, Long> trash(Instant before) throws IOException {
    Map<String, Long> files = new TreeMap<>(storage().list(RunWriter.TRASH));
    files.keySet().removeIf(path -> !RunStorage.moment(path.split("/", -1)[1]).isBefore(before));
    return files;
  }

  /** Those of some parts that have their replicates. */
  public Set<Part> withReplicates(Collection<Part> parts) throws IOException {
    Set<String> there = files(Table.REPLICATES);
    return parts.stream().filter(it -> there.contains(it.replicates().path())).collect(toSet());
  }

  /**
   * The checkpoints whose layers are not there as written with their digest. Opens none of them.
   *
   * @param digests by checkpoint
   */
  public Set<String> missingLayers(Map<String, String> digests) throws IOException {
    Set<String> there = files(Table.LAYERS);
    return digests.entrySet().stream()
        .filter(it -> !there.contains(TableFile.ofLayers(it.getKey(), it.getValue()).path()))
        .map(Map.Entry::getKey)
        .collect(toCollection(TreeSet::new));
  }

  /**
   * What the last command could not do; read without Spark.
   *
   * @throws IOException if the table is damaged
   */
  public List<FailureRow> failures() throws IOException {
    List<FailureRow> failures = new ArrayList<>();
    TableFile file = TableFile.alone(Table.FAILURES);
    if (!storage().isThere(file.path())) {
      return failures;
    }
    try (TableReader<Group> rows = TableReader.ofGroups(storage(), file, FilterCompat.NOOP)) {
      for (Group row = rows.next(); row != null; row = rows.next()) {
        failures.add(FailureRow.decode(row));
      }
    }
    return failures;
  }

  /**
   * The units of which a file is there, by checkpoint: checkpoint, view and batch, as their paths
   * say. Opens none of them.
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
   * Takes the folder over for writing, on the driver and once a command: makes it, checks that it
   * can be written, and fences off what older commands, dead or alive, may still be writing.
   *
   * @throws InputException if the folder cannot be written
   */
  public RunWriter startWriting() throws IOException {
    return RunWriter.start(this);
  }

  RunStorage storage() throws IOException {
    return new RunStorage(new Path(location), hadoop.value());
  }

  /** Whether there are parts of the similarities that a plan does not have. */
  private boolean hasSupersededParts(Collection<Part> plan) throws IOException {
    Set<String> planned = plan.stream().map(part -> part.file().path()).collect(toSet());
    return files(Table.SIMILARITIES).stream()
        .anyMatch(path -> path.endsWith(".parquet") && !planned.contains(path));
  }

  /** An empty file is what a power failure leaves of a move, never what was committed. */
  private Set<String> files(Table table) throws IOException {
    return storage().list(table.folder()).entrySet().stream()
        .filter(file -> file.getValue() > 0)
        .map(Map.Entry::getKey)
        .collect(toSet());
  }

  private static Set<Table> tables(Collection<Unit> plan) {
    return plan.stream().flatMap(unit -> unit.tables().stream()).collect(toSet());
  }
}
