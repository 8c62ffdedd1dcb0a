package io.similitude.checkpoint.torch;

import io.similitude.checkpoint.tensor.Allowance;
import io.similitude.checkpoint.tensor.MalformedException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A zip archive that PyTorch wrote: records below one root folder. A record is read as a whole, and
 * only if its sizes are true and the memory fits the {@link Allowance}.
 */
public final class TorchArchive implements Closeable {
  public static final String PICKLE = "data.pkl";

  /** The prefix of the record names of storages. Their keys follow. */
  public static final String TENSORS = "data/";

  /** The record that only TorchScript archives have. */
  public static final String CONSTANTS = "constants.pkl";

  private final ZipFile zip;
  private final ArchiveDirectory directory;
  private final Allowance allowance;

  private TorchArchive(ZipFile zip, Allowance allowance, ArchiveDirectory directory) {
    this.zip = zip;
    this.allowance = allowance;
    this.directory = directory;
  }

  /** An archive of torch.save. */
  public static TorchArchive open(Path file) throws IOException {
    return open(file, ArchiveDirectory::new);
  }

  /**
   * An archive of torch.export.
   *
   * @param isMarker recognises by its whole name the one record that such an archive must have
   * @param root gives the prefix of all records, from the name of that record
   */
  public static TorchArchive open(Path file, Predicate<String> isMarker, UnaryOperator<String> root)
      throws IOException {
    return open(file, zip -> new ArchiveDirectory(zip, isMarker, root));
  }

  private static TorchArchive open(Path file, Listing listing) throws IOException {
    ZipFile zip = openZip(file);
    try {
      return new TorchArchive(zip, Allowance.ofFile(Files.size(file)), listing.of(zip));
    } catch (IOException e) {
      zip.close();
      throw e;
    }
  }

  private static ZipFile openZip(Path file) throws IOException {
    try {
      return new ZipFile(file.toFile());
    } catch (ZipException e) {
      throw new MalformedException(
          "it begins as a zip archive, but its directory is missing or broken ("
              + MalformedException.quote(e.getMessage())
              + "); is it truncated?");
    }
  }

  /** The memory that may still be allocated for the contents of the archive. */
  public Allowance allowance() {
    return allowance;
  }

  /** Whether a record exists. */
  public boolean has(String record) {
    return directory.find(record).isPresent();
  }

  public boolean isTorchScript() {
    return has(CONSTANTS);
  }

  /** The names of all records, in any order. */
  public Set<String> records() {
    return directory.records();
  }

  public byte[] readPickle(long most) throws IOException {
    return read(PICKLE, most);
  }

  /** A record's bytes, checked against its sizes and against its checksum if it has one. */
  public byte[] read(String record, long most) throws IOException {
    ZipEntry entry =
        directory
            .find(record)
            .orElseThrow(
                () ->
                    new MalformedException(
                        "its record " + MalformedException.quote(record) + " is missing"));
    requireSize(entry, most);
    byte[] bytes = readWhole(entry);
    requireChecksum(entry, bytes);
    return bytes;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private void requireSize(ZipEntry entry, long most) throws MalformedException {
    if (entry.getMethod() == ZipEntry.STORED && entry.getSize() != entry.getCompressedSize()) {
      throw lie(entry);
    }
    if (entry.getSize() < 0 || entry.getSize() > most) {
      throw new MalformedException(
          ArchiveDirectory.describe(entry)
              + " has "
              + entry.getSize()
              + " bytes (must be at most "
              + most
              + ")");
    }
    allowance.take(entry.getSize());
  }

  private byte[] readWhole(ZipEntry entry) throws IOException {
    byte[] bytes = new byte[(int) entry.getSize()];
    try (InputStream in = zip.getInputStream(entry)) {
      if (in.readNBytes(bytes, 0, bytes.length) < bytes.length || in.read() >= 0) {
        throw lie(entry);
      }
    } catch (ZipException e) {
      throw new MalformedException(
          ArchiveDirectory.describe(entry)
              + " is broken ("
              + MalformedException.quote(e.getMessage())
              + ")");
    }
    return bytes;
  }

  /**
   * Checks the checksum. A checksum of 0 was not computed, because torch can be told to leave it
   * out.
   */
  private static void requireChecksum(ZipEntry entry, byte[] bytes) throws MalformedException {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    if (entry.getCrc() != 0 && entry.getCrc() != crc.getValue()) {
      throw new MalformedException(
          ArchiveDirectory.describe(entry)
              + " is damaged: its checksum does not fit (fetch the file again)");
    }
  }

  private static MalformedException lie(ZipEntry entry) {
    return new MalformedException(
        ArchiveDirectory.describe(entry)
            + " does not have the "
            + entry.getSize()
            + " bytes that it promises");
  }

  @FunctionalInterface
  private interface Listing {
    ArchiveDirectory of(ZipFile zip) throws IOException;
  }
}
