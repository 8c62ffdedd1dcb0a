package io.similitude.store;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;

/** Merges files of one table into one file. Their row groups are copied unchanged. */
final class MergedFile {

  private MergedFile() {}

  /**
   * * Writes the merged file.
   *
   * @param paths the files, relative to the run's folder
   * @throws DamagedFile if one of them differs from what was written
   */
  static void write(
      RunStorage storage, List<String> paths, PendingFile to, Map<String, String> metadata)
      throws IOException {
    for (String path : paths) {
      Seal.check(storage, path);
    }
    try (ParquetFileWriter out = TableWriter.fileWriter(to, schema(storage, paths.get(0)))) {
      out.start();
      for (String path : paths) {
        out.appendFile(storage.input(path));
      }
      out.end(metadata(storage, paths.get(0), metadata));
    }
  }

  /** Keeps Spark's description of the schema. The other entries describe the new file. */
  private static Map<String, String> metadata(
      RunStorage storage, String first, Map<String, String> own) throws IOException {
    try (ParquetFileReader file = open(storage, first)) {
      Map<String, String> all =
          new java.util.HashMap<>(file.getFileMetaData().getKeyValueMetaData());
      all.keySet().removeIf(key -> key.startsWith("similitude."));
      all.putAll(own);
      return all;
    }
  }

  private static MessageType schema(RunStorage storage, String path) throws IOException {
    try (ParquetFileReader file = open(storage, path)) {
      return file.getFileMetaData().getSchema();
    }
  }

  private static ParquetFileReader open(RunStorage storage, String path) throws IOException {
    return ParquetFileReader.open(storage.input(path), storage.readOptions().build());
  }
}
