package io.similitude.store;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.hadoop.ParquetFileReader;

/** What a committed part of the similarities tells of itself. */
record PartFooter(Part part, Coverage coverage) {

  /** Empty where the file tells nothing or cannot be read: then it is as good as not there. */
  static Optional<PartFooter> read(Storage storage, String path) throws IOException {
    Map<String, String> metadata;
    try (ParquetFileReader file =
        ParquetFileReader.open(storage.input(path), storage.readOptions().build())) {
      metadata = file.getFileMetaData().getKeyValueMetaData();
    } catch (RuntimeException e) {
      return Optional.empty();
    }
    String digest = metadata.get(TableWriter.DIGEST_KEY);
    String file = path.substring(path.lastIndexOf('/') + 1);
    if (digest == null) {
      return Optional.empty();
    }
    return of(path, file.substring(0, file.indexOf('.')), digest, metadata);
  }

  private static Optional<PartFooter> of(
      String path, String name, String digest, Map<String, String> metadata) {
    try {
      Part part = new Part(name, digest);
      return part.file().path().equals(path)
          ? Coverage.of(metadata).map(coverage -> new PartFooter(part, coverage))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
