package io.similitude.store;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.InputFile;

/** The description of a committed part of the similarities, from the footer of its file. */
record PartFooter(Part part, Coverage coverage) {

  /**
   * Reads the footer. The result is empty if the file has no description or is damaged. Such a file
   * counts as missing.
   *
   * @throws IOException if there is no such file, or storage cannot be read
   */
  static Optional<PartFooter> read(RunStorage storage, String path) throws IOException {
    InputFile input = storage.input(path);
    Map<String, String> metadata;
    try (ParquetFileReader file = ParquetFileReader.open(input, storage.readOptions().build())) {
      metadata = file.getFileMetaData().getKeyValueMetaData();
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
    String file = path.substring(path.lastIndexOf('/') + 1);
    return metadata == null || !metadata.containsKey(TableWriter.DIGEST_KEY)
        ? Optional.empty()
        : of(path, file.substring(0, file.indexOf('.')), metadata);
  }

  private static Optional<PartFooter> of(String path, String name, Map<String, String> metadata) {
    try {
      Part part = new Part(name, metadata.get(TableWriter.DIGEST_KEY));
      return part.file().path().equals(path)
          ? Coverage.of(metadata).map(coverage -> new PartFooter(part, coverage))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
