package io.similitude.checkpoint;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The zip archive of torch.save: records below one root folder. A record is read whole, and only
 * when its sizes are true and the memory fits the {@link Allowance}.
 */
final class TorchArchive implements Closeable {
  static final String PICKLE = "data.pkl";

  /** What the names of the storages' records begin with; their keys follow. */
  static final String TENSORS = "data/";

  /** The record that only TorchScript archives have. */
  static final String CONSTANTS = "constants.pkl";

  /** The JDK finds a record in a time that hostile names make proportional to their number. */
  private static final int MOST_RECORDS = 50_000;

  private static final int LONGEST_NAME = 500;

  /** An absolute name, one on a drive, one with a step up; steps end in a slash of either kind. */
  private static final Pattern LEAVES =
      Pattern.compile(
          "([/\\\\]|[^/\\\\]*:([/\\\\]|$)|(.*[/\\\\])?\\.\\.([/\\\\]|$)).*", Pattern.DOTALL);

  private static final int MOST_NAMES_OF_ONE_HASH = 16;

  private final ZipFile zip;
  private final Map<String, ZipEntry> entries;
  private final String root;
  private final Allowance allowance;

  private TorchArchive(ZipFile zip, Allowance allowance) throws MalformedException {
    this.zip = zip;
    this.allowance = allowance;
    this.entries = entriesOf(zip);
    this.root = rootOf(entries);
  }

  static TorchArchive open(Path file) throws IOException {
    ZipFile zip = openZip(file);
    try {
      return new TorchArchive(zip, Allowance.ofFile(Files.size(file)));
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

  /** What may still be allocated for what the archive holds. */
  Allowance allowance() {
    return allowance;
  }

  boolean has(String record) {
    return entries.containsKey(root + record);
  }

  boolean isTorchScript() {
    return has(CONSTANTS);
  }

  /** The names of all records, in no order. */
  Set<String> records() {
    return entries.keySet().stream()
        .filter(name -> name.startsWith(root) && !name.endsWith("/"))
        .map(name -> name.substring(root.length()))
        .collect(Collectors.toSet());
  }

  byte[] readPickle(long most) throws IOException {
    return read(PICKLE, most);
  }

  /** A record's bytes, checked against its sizes and, where it has one, its checksum. */
  byte[] read(String record, long most) throws IOException {
    ZipEntry entry = entries.get(root + record);
    if (entry == null) {
      throw new MalformedException(
          "its record " + MalformedException.quote(record) + " is missing");
    }
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
          describe(entry) + " has " + entry.getSize() + " bytes (must be at most " + most + ")");
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
          describe(entry) + " is broken (" + MalformedException.quote(e.getMessage()) + ")");
    }
    return bytes;
  }

  /** A checksum of 0 is one that was not computed: torch can be told to leave it out. */
  private static void requireChecksum(ZipEntry entry, byte[] bytes) throws MalformedException {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    if (entry.getCrc() != 0 && entry.getCrc() != crc.getValue()) {
      throw new MalformedException(
          describe(entry) + " is damaged: its checksum does not fit (fetch the file again)");
    }
  }

  private static MalformedException lie(ZipEntry entry) {
    return new MalformedException(
        describe(entry) + " does not have the " + entry.getSize() + " bytes that it promises");
  }

  private static String describe(ZipEntry entry) {
    return "its record " + MalformedException.quote(entry.getName());
  }

  private static Map<String, ZipEntry> entriesOf(ZipFile zip) throws MalformedException {
    if (zip.size() > MOST_RECORDS) {
      throw new MalformedException(
          "it has " + zip.size() + " records (must be at most " + MOST_RECORDS + ")");
    }
    Map<String, ZipEntry> entries = new HashMap<>();
    Map<Integer, Integer> hashes = new HashMap<>();
    for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
      requireInside(entry);
      if (entries.put(entry.getName(), entry) != null) {
        throw new MalformedException(describe(entry) + " is there twice");
      }
      if (hashes.merge(entry.getName().hashCode(), 1, Integer::sum) > MOST_NAMES_OF_ONE_HASH) {
        throw new MalformedException("its records have names made to collide");
      }
    }
    return entries;
  }

  private static void requireInside(ZipEntry entry) throws MalformedException {
    if (entry.getName().length() > LONGEST_NAME) {
      throw new MalformedException(
          describe(entry) + " has a name of " + entry.getName().length() + " characters");
    }
    if (LEAVES.matcher(entry.getName()).matches()) {
      throw new MalformedException(describe(entry) + " has a name that leaves the archive");
    }
  }

  /** The folder of the one data.pkl: the name under which the file was saved. */
  private static String rootOf(Map<String, ZipEntry> entries) throws MalformedException {
    List<String> roots =
        entries.keySet().stream()
            .filter(
                name -> name.endsWith("/" + PICKLE) && name.indexOf('/') == name.lastIndexOf('/'))
            .map(name -> name.substring(0, name.length() - PICKLE.length()))
            .toList();
    if (roots.size() != 1) {
      throw new MalformedException(
          "it is a zip archive, but not one of torch.save: it has "
              + roots.size()
              + " records data.pkl (must be 1)");
    }
    return roots.get(0);
  }
}
