package io.similitude.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Checkpoints made of others. */
final class EditedArchive {
  private EditedArchive() {}

  /** An archive with the beginning of one record, named by its end, written over. */
  static void write(byte[] archive, Path to, String record, byte[] start) throws IOException {
    edit(
        archive,
        to,
        record,
        bytes -> {
          System.arraycopy(start, 0, bytes, 0, start.length);
          return bytes;
        });
  }

  /** An archive with one text of one record, named by its end, replaced by another. */
  static void replace(byte[] archive, Path to, String record, String text, String by)
      throws IOException {
    edit(archive, to, record, bytes -> new String(bytes, UTF_8).replace(text, by).getBytes(UTF_8));
  }

  private static void edit(byte[] archive, Path to, String record, UnaryOperator<byte[]> edit)
      throws IOException {
    Files.write(to, archive);
    Map<String, byte[]> records = new TreeMap<>();
    try (ZipFile zip = new ZipFile(to.toFile())) {
      for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
        byte[] bytes = zip.getInputStream(entry).readAllBytes();
        boolean edited = entry.getName().endsWith("/" + record);
        records.put(entry.getName(), edited ? edit.apply(bytes) : bytes);
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
