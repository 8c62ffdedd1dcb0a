package io.similitude.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Archives of torch.export with other records. */
public final class EditedExport {
  /** The record of the graph in archives of PyTorch up to 2.7. */
  public static final String GRAPH = "serialized_exported_program.json";

  private EditedExport() {}

  /** Writes an archive with another graph. */
  public static Path of(Path file, UnaryOperator<String> edit, Path into) throws IOException {
    return write(records(file, GRAPH, edit), ZipOutputStream.STORED, into);
  }

  static Map<String, byte[]> records(Path file) throws IOException {
    Map<String, byte[]> records = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
        records.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return records;
  }

  /** With one record edited. */
  static Map<String, byte[]> records(Path file, String record, UnaryOperator<String> edit)
      throws IOException {
    Map<String, byte[]> records = records(file);
    String text = new String(records.get(record), StandardCharsets.UTF_8);
    String changed = edit.apply(text);
    assertThat(changed).isNotEqualTo(text);
    records.put(record, changed.getBytes(StandardCharsets.UTF_8));
    return records;
  }

  static Path write(Map<String, byte[]> records, int method, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> record : records.entrySet()) {
        ZipEntry entry = new ZipEntry(record.getKey());
        entry.setMethod(method);
        if (method == ZipOutputStream.STORED) {
          CRC32 crc = new CRC32();
          crc.update(record.getValue());
          entry.setSize(record.getValue().length);
          entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(record.getValue());
        zip.closeEntry();
      }
    }
    return file;
  }
}
