package io.similitude.store;

import static java.util.stream.Collectors.toSet;

import io.similitude.input.InputException;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.significance.PValues;
import io.similitude.similarity.significance.QValues;
import io.similitude.store.row.FailureRow;
import io.similitude.store.row.LayerRow;
import io.similitude.store.row.Table;
import io.similitude.store.row.UnitRow;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The folder of a run's tables. It tells what is done, and it opens tables for reading and writing.
 * It is sent to executors together with its Hadoop settings. Creating this object does not change
 * the folder.
 *
 * <p><b>Layout.</b> A unit adds one Parquet file to a table: {@code
 * grams/checkpoint=a/view=b/batch-00003.<first 16 digits of the unit's digest>.parquet}. It is
 * written under {@code _staging/}, outside of the tables, and moved to its final place when it is
 * closed. So a reader of a table's folder sees only complete units, and a listing alone shows what
 * is done. No marker files could disagree with the data. A file that is in a table never changes.
 * If a reader lists a file and the file is then superseded and removed, the reader's tool reports
 * an error. The reader never gets a wrong row.
 *
 * <p><b>What stays.</b> Files of other digests or batches than the plan's are removed from the
 * partitions (checkpoint, view) of the plan before new files are added. So each unit is there only
 * once. Partitions that the plan does not name are kept. So a checkpoint can be taken out of the
 * spec and put back without new work. A reader of a table for a plan must read only the plan's
 * checkpoints and views. A part of the similarities records which pairs it holds. It is kept as
 * long as the plan has all of these pairs.
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
   * Returns the run's folder at a path or URI of any Hadoop file system. Relative paths start at
   * the working directory.
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

  /**
   * The free bytes of the storage that holds the folder. Object stores have no limit and give
   * {@link Long#MAX_VALUE}.
   */
  public long freeBytes() throws IOException {
    return storage().freeBytes();
  }

  /**
   * Reads the rows of an epoch that is done.
   *
   * @throws IOException if they are damaged
   */
  public List<TrainedEpochs.Row> trainingRows(TrainedEpochs training, int epoch)
      throws IOException {
    return training.read(storage(), epoch);
  }

  /**
   * Reads the coverages of the parts of the similarities that are done. Parts with a known coverage
   * are left out. Damaged parts are left out too.
   */
  public Map<Part, Coverage> coverages(Collection<Part> known) throws IOException {
    Set<String> paths = known.stream().map(part -> part.file().path()).collect(toSet());
    Map<Part, Coverage> coverages = new LinkedHashMap<>();
    for (String path : new TreeSet<>(listing().parts())) {
      if (!paths.contains(path)) {
        PartFooter.read(storage(), path)
            .ifPresent(footer -> coverages.put(footer.part(), footer.coverage()));
      }
    }
    return coverages;
  }

  /**
   * Reads the p-values of a part of the similarities, by measure.
   *
   * @throws IOException if the part is not there or damaged
   */
  public Map<MeasureColumns, PValues> pValues(Part part) throws IOException {
    return PValueColumn.PartPValues.read(storage(), part.file());
  }

  /**
   * Reads the p-values of all similarities that are there, by measure. The result is empty if the
   * similarities do not have their q-values yet.
   *
   * @throws IOException if the table of q-values is damaged
   */
  public Map<MeasureColumns, PValues> pValues() throws IOException {
    Optional<TableFile> file = QValueTable.of(listing().parts());
    return file.isPresent() && storage().isThere(file.get().path())
        ? QValueTable.read(storage(), file.get())
        : Map.of();
  }

  /** The q-values of all similarities that are there, as {@link #pValues()} has p-values. */
  public Map<MeasureColumns, QValues> qValues() throws IOException {
    Map<MeasureColumns, QValues> qValues = new LinkedHashMap<>();
    pValues().forEach((measure, counted) -> qValues.put(measure, counted.qValues()));
    return qValues;
  }

  /**
   * Reads the layers of a checkpoint, by position, that were written with this digest. Spark is not
   * needed.
   *
   * @throws IOException if they are not there or damaged
   */
  public List<LayerRow> layers(String checkpoint, String digest) throws IOException {
    return LayersFile.read(storage(), TableFile.ofLayers(checkpoint, digest));
  }

  /**
   * Opens the Gram matrices of a unit at these positions. Spark is not needed.
   *
   * @throws IOException if they are not there or damaged
   */
  public GramReader grams(Unit unit, Collection<Integer> positions) throws IOException {
    return new GramReader(storage(), unit.file(Table.GRAMS), positions);
  }

  /**
   * Reads a checkpoint's predictions for the examples of a unit, in the order of the examples.
   * Spark is not needed. The list is empty if the unit has no predictions.
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
   * Opens the activations of a unit at these positions. Spark is not needed.
   *
   * @throws IOException if they are not there or damaged
   */
  public ActivationReader activations(Unit unit, Collection<Integer> positions) throws IOException {
    return new ActivationReader(storage(), unit.file(Table.ACTIVATIONS), positions);
  }

  /**
   * Reads the bytes of a file that {@link RunWriter#writeSealed} wrote.
   *
   * @throws DamagedFile if they differ from what was written
   */
  public byte[] readSealed(String path) throws IOException {
    Optional<byte[]> bytes = BlockDigest.unsealed(storage().read(path));
    if (bytes.isEmpty()) {
      String name = storage().path(path).toString();
      throw new DamagedFile(path, name, "its bytes are not those that were written", null);
    }
    return bytes.get();
  }

  /**
   * Checks every byte of these files of tables.
   *
   * @param paths relative to the run's folder
   * @throws DamagedFile if some are damaged; it names all of them
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

  /** The path of a checkpoint's layers that were written with this digest. */
  public static String layersPath(String checkpoint, String digest) {
    return TableFile.ofLayers(checkpoint, digest).path();
  }

  /**
   * Reads the failures of the last command. Spark is not needed.
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
   * Takes control of the folder for writing. Call it on the driver, once per command. It creates
   * the folder and checks that it can be written. It also stops older commands, dead or alive, from
   * writing to it.
   *
   * @throws InputException if the folder cannot be written
   */
  public RunWriter startWriting() throws IOException {
    return RunWriter.start(this);
  }

  /** What the folder holds, by its listings. */
  public RunListing listing() {
    return new RunListing(this);
  }

  RunStorage storage() throws IOException {
    return new RunStorage(new Path(location), hadoop.value());
  }
}
