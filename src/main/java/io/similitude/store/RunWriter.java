package io.similitude.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.similitude.input.InputException;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.significance.PValues;
import io.similitude.store.row.FailureRow;
import io.similitude.store.row.LayerRow;
import io.similitude.store.row.Table;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Writes a run's folder, from the driver and from executors. Every file is written completely under
 * {@code _staging/<command>/} and then moved to its final place. So an attempt that dies leaves
 * nothing in a table. Two attempts at the same unit do no harm: the later one finds the file in its
 * place and removes its own.
 *
 * <p>Only the driver creates the staging folder. Files are created in it only while it exists. When
 * a command starts, it removes the staging folders of older commands. So the executors of a killed
 * driver can no longer commit.
 */
public final class RunWriter implements Serializable {
  private static final long serialVersionUID = 1L;
  static final String STAGING = "_staging";
  private static final long RENEWAL_MILLIS = 10_000;

  private final RunFolder folder;
  private final String staging;

  /** Present on the driver only. */
  private final transient RunHolder holder;

  private RunWriter(RunFolder folder, String staging, RunHolder holder) {
    this.folder = folder;
    this.staging = staging;
    this.holder = holder;
  }

  static RunWriter start(RunFolder folder) throws IOException {
    RunStorage storage = folder.storage();
    String staging = STAGING + "/" + UUID.randomUUID();
    RunHolder holder;
    try {
      storage.makeFolder(STAGING);
      holder = RunHolder.take(folder, RENEWAL_MILLIS);
      storage.delete(STAGING);
      storage.makeFolder(staging);
    } catch (AccessControlException
        | AccessDeniedException
        | FileAlreadyExistsException
        | FileNotFoundException
        | ParentNotDirectoryException e) {
      throw new InputException(
          "Cannot write the output folder %s: %s (name another with --output)"
              .formatted(folder.location(), e.getMessage()),
          e);
    }
    return new RunWriter(folder, staging, holder);
  }

  /** Starts to write the files of a unit. The caller must commit and close the writer. */
  public UnitWriter unit(Unit unit) throws IOException {
    return new UnitWriter(this, unit);
  }

  /** Writes the layers of a checkpoint. They replace layers with another digest. */
  public void writeLayers(String checkpoint, String digest, List<LayerRow> rows)
      throws IOException {
    TableFile file = TableFile.ofLayers(checkpoint, digest);
    upkeep().clear(Table.LAYERS, Set.of(file.folder()), Stream.of(file));
    try (TableWriter out = table(Table.LAYERS, file)) {
      for (LayerRow row : rows) {
        out.write(row.encode());
      }
      out.publish();
    }
  }

  /** Commits an epoch by writing its rows. Its other files must exist already. */
  public void writeEpoch(TrainedEpochs training, int epoch, List<TrainedEpochs.Row> rows)
      throws IOException {
    try (TableWriter out = table(Table.TRAINING, training.file(epoch))) {
      for (TrainedEpochs.Row row : rows) {
        out.write(row.encode());
      }
      out.publish();
    }
  }

  /** Starts to write a part of the similarities. The caller must commit and close the writer. */
  public PartWriter part(Part part) throws IOException {
    return part(part, Map.of());
  }

  /** Starts to write a part, and records its coverage in the file. */
  public PartWriter part(Part part, Coverage coverage) throws IOException {
    return part(part, coverage.metadata());
  }

  private PartWriter part(Part part, Map<String, String> metadata) throws IOException {
    Map<String, String> all = new HashMap<>(metadata);
    all.put(TableWriter.DIGEST_KEY, part.digest());
    return new PartWriter(staged(part.file().path()), all);
  }

  /** Starts to write the replicates of a part. They must be committed before the part itself. */
  public ReplicateRow.Writer replicates(Part part) throws IOException {
    TableFile file = part.replicates();
    return new ReplicateRow.Writer(
        staged(file.path()), Map.of(TableWriter.DIGEST_KEY, file.digest()));
  }

  /**
   * Writes a small table that replaces the previous one. If there are no rows, there is no table
   * afterwards.
   *
   * @param rows the values of each row in the order of the schema: strings, numbers, arrays of
   *     doubles, or null
   */
  public void replace(Table table, Iterable<Object[]> rows) throws IOException {
    replaceRows(
        table, StreamSupport.stream(rows.spliterator(), false).map(RunWriter::encoded).iterator());
  }

  private void replaceRows(Table table, Iterator<InternalRow> rows) throws IOException {
    if (!rows.hasNext()) {
      folder.storage().delete(table.folder());
      return;
    }
    PendingFile file = staged(TableFile.alone(table).path());
    try (TableWriter out = new TableWriter(table, file, Map.of())) {
      while (rows.hasNext()) {
        out.write(rows.next());
      }
      out.replace();
    }
  }

  private static InternalRow encoded(Object[] row) {
    Object[] encoded = new Object[row.length];
    for (int i = 0; i < row.length; i++) {
      if (row[i] instanceof String text) {
        encoded[i] = UTF8String.fromString(text);
      } else if (row[i] instanceof double[] numbers) {
        encoded[i] = UnsafeArrayData.fromPrimitiveArray(numbers);
      } else {
        encoded[i] = row[i];
      }
    }
    return new GenericInternalRow(encoded);
  }

  /** Removes the q-values, before the parts of the similarities change. Call it on the driver. */
  public void removeQValues() throws IOException {
    folder.storage().delete(Table.Q_VALUES.folder());
  }

  /**
   * Writes the q-values of these parts, which are the whole table of similarities. With them the
   * table is complete. Without any part there are none. Call it on the driver, after {@link
   * #removeQValues}.
   *
   * @param counted the p-values of all these parts together, by measure
   */
  public void writeQValues(Collection<Part> parts, Map<MeasureColumns, PValues> counted)
      throws IOException {
    Optional<TableFile> file = QValueTable.of(RunFolder.files(parts));
    if (file.isEmpty()) {
      return;
    }
    PendingFile pending = staged(file.get().path());
    Map<String, String> metadata = Map.of(TableWriter.DIGEST_KEY, file.get().digest());
    try (PagedFile out = new PagedFile(Table.Q_VALUES, pending, metadata)) {
      QValueTable.write(out, counted);
      out.publish();
    }
  }

  /**
   * Writes the table of failures, which replaces the previous one. If there are no failures, there
   * is no table afterwards.
   */
  public void replaceFailures(List<FailureRow> failures) throws IOException {
    replaceRows(Table.FAILURES, failures.stream().map(FailureRow::encode).iterator());
  }

  /**
   * Writes {@code manifest.json}, which replaces the previous one.
   *
   * @param tree a tree of maps, lists, strings, numbers and booleans, written in the order of the
   *     maps
   */
  public void writeManifest(Map<String, ?> tree) throws IOException {
    writeFile(
        "manifest.json",
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(tree));
  }

  /** Writes any other file of the run at this path. It replaces the previous file. */
  public void writeFile(String path, byte[] bytes) throws IOException {
    PendingFile file = staged(path);
    try (OutputStream out = file.create()) {
      out.write(bytes);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
    file.replace();
  }

  /**
   * Writes a file as {@code writeFile} does, and adds the digest of its bytes at the end.
   *
   * @see RunFolder#readSealed
   */
  public void writeSealed(String path, byte[] bytes) throws IOException {
    writeFile(path, BlockDigest.sealed(bytes));
  }

  /** Writes a copy of a local file of any size. */
  public void writeFile(String path, java.nio.file.Path from) throws IOException {
    PendingFile file = staged(path);
    try (OutputStream out = file.create()) {
      Files.copy(from, out);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
    file.replace();
  }

  /** The exception that names the file. */
  private static IOException cannotWrite(PendingFile file, IOException cause) {
    return cause.getMessage() != null && cause.getMessage().startsWith("Cannot write ")
        ? cause
        : new IOException("Cannot write %s: %s".formatted(file, cause.getMessage()), cause);
  }

  /** Removes and merges what the folder holds. Use it on the driver. */
  public RunUpkeep upkeep() {
    return new RunUpkeep(this);
  }

  /** The folder that this object writes. */
  public RunFolder folder() {
    return folder;
  }

  /** Removes this command's staging folder. Call it on the driver, after everything is written. */
  public void finish() throws IOException {
    if (holder != null) {
      holder.stopRenewing();
    }
    folder.storage().delete(staging);
    folder.storage().deleteIfEmpty(STAGING);
    if (holder != null) {
      holder.close();
    }
  }

  TableWriter table(Table table, TableFile file) throws IOException {
    return table(table, file, Map.of());
  }

  TableWriter table(Table table, TableFile file, Map<String, String> metadata) throws IOException {
    Map<String, String> all = new HashMap<>(metadata);
    all.put(TableWriter.DIGEST_KEY, file.digest());
    return new TableWriter(table, staged(file.path()), all);
  }

  PendingFile staged(String target) throws IOException {
    return new PendingFile(folder.storage(), staging + "/" + UUID.randomUUID(), target);
  }
}
