package io.similitude.store;

import io.similitude.store.row.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.ParquetFileReader;

/**
 * Checks every file of a run. It compares all bytes of a file with the digest in its seal. It
 * compares the files of a unit with the tables of the unit. It reads the whole run. It opens at
 * most two files per processor at the same time.
 */
public final class RunCheck {
  private static final int FILES_A_PROCESSOR = 2;
  private static final String SEALED_ARRAYS = "_crafted";

  private final RunFolder folder;
  private final RunStorage storage;

  private RunCheck(RunFolder folder) throws IOException {
    this.folder = folder;
    this.storage = folder.storage();
  }

  /** All files of the run's tables, and the perturbed inputs that it keeps, by table and path. */
  public static List<Checked> check(RunFolder folder) throws IOException {
    RunCheck check = new RunCheck(folder);
    List<Checked> files = new ArrayList<>();
    for (Table table : Table.values()) {
      files.addAll(check.all(table.folder(), folder.listing().tableFiles(table), check::tableFile));
    }
    files.addAll(check.all(SEALED_ARRAYS, check.storage.list(SEALED_ARRAYS), check::sealedArray));
    files.addAll(missing(files));
    return files;
  }

  private List<Checked> all(String group, Map<String, Long> files, OneFile one) throws IOException {
    ForkJoinPool threads =
        new ForkJoinPool(FILES_A_PROCESSOR * Runtime.getRuntime().availableProcessors());
    try {
      return threads
          .submit(
              () ->
                  files.entrySet().parallelStream()
                      .map(file -> one.check(group, file.getKey(), file.getValue()))
                      .sorted(Comparator.comparing(Checked::path))
                      .toList())
          .join();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      threads.shutdown();
    }
  }

  private Checked tableFile(String group, String path, long bytes) {
    try {
      String damage = Seal.damage(storage.input(path));
      return damage == null
          ? footer(group, path, bytes)
          : new Checked(group, path, bytes, 0, List.of(), damage);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Checked footer(String group, String path, long bytes) throws IOException {
    try (ParquetFileReader file =
        ParquetFileReader.open(storage.input(path), storage.readOptions().build())) {
      Map<String, String> metadata = file.getFileMetaData().getKeyValueMetaData();
      return new Checked(
          group, path, bytes, file.getRecordCount(), tables(metadata), damage(path, metadata));
    }
  }

  /** Finds an undamaged file that is in the place of another file. */
  private static String damage(String path, Map<String, String> metadata) {
    String digest = metadata.get(TableWriter.DIGEST_KEY);
    return digest == null || path.contains(TableFile.digits(digest))
        ? null
        : "it holds the digest " + digest;
  }

  private static List<String> tables(Map<String, String> metadata) {
    String tables = metadata.get(UnitWriter.TABLES_KEY);
    return tables == null ? List.of() : Arrays.asList(tables.split(","));
  }

  private Checked sealedArray(String group, String path, long bytes) {
    try {
      folder.readSealed(path);
      return new Checked(group, path, bytes, 0, List.of(), null);
    } catch (DamagedFile e) {
      return new Checked(
          group, path, bytes, 0, List.of(), "its bytes are not those that were written");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The missing files of units. Another file of the same unit names them. */
  private static List<Checked> missing(List<Checked> files) {
    Set<String> there = new HashSet<>();
    files.forEach(file -> there.add(file.path()));
    return files.stream()
        .flatMap(file -> siblings(file).filter(path -> !there.contains(path)))
        .distinct()
        .map(
            path ->
                new Checked(
                    path.substring(0, path.indexOf('/')), path, 0, 0, List.of(), "it is missing"))
        .toList();
  }

  private static Stream<String> siblings(Checked file) {
    String rest = file.path().substring(file.path().indexOf('/'));
    return file.tables().stream().map(table -> table + rest);
  }

  /** How one file is checked. */
  @FunctionalInterface
  private interface OneFile {
    Checked check(String group, String path, long bytes);
  }

  /**
   * A file of a run, with the result of its check.
   *
   * @param table its folder in the run
   * @param path relative to the run's folder
   * @param rows the number of rows in its footer; 0 if it has no footer
   * @param tables the tables in which its unit has a file; empty if it belongs to no unit
   * @param damage the description of its damage; null if it is not damaged
   */
  public record Checked(
      String table, String path, long bytes, long rows, List<String> tables, String damage) {
    public Checked {
      tables = List.copyOf(tables);
    }

    public boolean isDamaged() {
      return damage != null;
    }
  }
}
