package io.similitude.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Checkpoints made of others. */
final class EditedArchive {
  private EditedArchive() {}

  /** An archive with the beginning of one record, named by its end, written over. */
  static void write(byte[] archive, Path to, String record, byte[] start) throws IOException {
    Files.write(to, archive);
    Map<String, byte[]> records = new TreeMap<>();
    try (ZipFile zip = new ZipFile(to.toFile())) {
      for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
        byte[] bytes = zip.getInputStream(entry).readAllBytes();
        if (entry.getName().endsWith("/" + record)) {
          System.arraycopy(start, 0, bytes, 0, start.length);
        }
        records.put(entry.getName(), bytes);
      }
    }
    zip(records, to);
  }

  private static void zip(Map<String, byte[]> records, Path to) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(to))) {
      zip.setLevel(0);
      for (Map.Entry<String, byte[]> record : records.entrySet()) {
        zip.putNextEntry(new ZipEntry(record.getKey()));
        zip.write(record.getValue());
      }
    }
  }
}
