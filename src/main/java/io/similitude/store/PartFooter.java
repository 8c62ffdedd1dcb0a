package io.similitude.store;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.InputFile;

/** What a committed part of the similarities tells of itself. */
record PartFooter(Part part, Coverage coverage) {

  /**
   * Empty where the file tells nothing or is damaged: then it is as good as not there.
   *
   * @throws IOException if there is no such file, or storage does not say
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
