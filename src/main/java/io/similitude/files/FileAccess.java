package io.similitude.files;

import io.similitude.input.InputException;
import io.similitude.input.Suggestions;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads files by location: a plain local path, or a URI of any file system that Hadoop knows
 * ({@code file:}, {@code hdfs:}, {@code s3a:}). Travels to executors with the Hadoop settings that
 * it was given, and is safe for use by many threads.
 *
 * <p>Every method fails with an {@link InputException} when the location is wrong (no such file, a
 * folder, no permission, an unknown scheme) and with a {@link StorageException} when storage is in
 * trouble and the same call may succeed later.
 *
 * <p>Hadoop caches file systems by scheme, authority and user for the whole JVM: of two instances
 * with different settings for one bucket, the first to use it decides.
 */
public final class FileAccess implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int SIBLINGS_LOOKED_AT = 1000;

  private final TreeMap<String, String> hadoopSettings;
  private transient volatile HadoopStorage hadoop;

  public FileAccess(Map<String, String> hadoopSettings) {
    this.hadoopSettings = new TreeMap<>(hadoopSettings);
  }

  /** Access with Hadoop's defaults, which is all that local files need. */
  public static FileAccess local() {
    return new FileAccess(Map.of());
  }

  /** The file's bytes from the beginning; the caller closes the stream. */
  public InputStream open(String location) {
    return reading(location, Storage::open);
  }

  /** The file, to be read from any place in it; the caller closes the stream. */
  public SeekableStream openSeekable(String location) {
    return reading(location, Storage::openSeekable);
  }

  /** The file's length in bytes. */
  public long length(String location) {
    return info(location).length();
  }

  /** The file's length and time of last change: together they tell whether it is still the same. */
  public FileInfo info(String location) {
    return reading(location, Storage::info);
  }

  /** Whether there is such a file or folder. */
  public boolean exists(String location) {
    Location place = new Location(location);
    try {
      storage(place).info(place);
      return true;
    } catch (Storage.IsFolderException e) {
      return true;
    } catch (IOException | RuntimeException e) {
      if (Failures.isMissing(e)) {
        return false;
      }
      throw cannotRead(location, e);
    }
  }

  /** Whether it is a folder; there must be a file or a folder. */
  public boolean isFolder(String location) {
    return reading(location, Storage::isFolder);
  }

  /**
   * All files at any depth below a folder, by one listing where storage has such; in the order of
   * their names, code unit by code unit.
   */
  public List<ListedFile> list(String folder) {
    return reading(folder, Storage::list).stream()
        .sorted(Comparator.comparing(ListedFile::name))
        .toList();
  }

  /** The names of the folders in a folder, in order. */
  public List<String> folders(String folder) {
    return reading(folder, Storage::folders).stream().sorted().toList();
  }

  /**
   * The files, not folders, that match a pattern with {@code * ? [abc] {a,b}}, none of which
   * crosses a slash; in the order of their names, code unit by code unit.
   */
  public List<String> glob(String pattern) {
    return reading(pattern, Storage::glob).stream().sorted().toList();
  }

  /** A whole file of UTF-8 text, of at most {@code maxBytes} bytes. */
  public String readText(String location, int maxBytes) {
    byte[] bytes;
    try (InputStream in = open(location)) {
      bytes = in.readNBytes(maxBytes + 1);
    } catch (IOException e) {
      throw cannotRead(location, e);
    }
    if (bytes.length > maxBytes) {
      throw new InputException(
          "Cannot read %s: it is longer than %d bytes, the most for such a file (is it the right one?)"
              .formatted(location, maxBytes));
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InputException(
          "Cannot read %s: it is not UTF-8 text (is it the right file?)".formatted(location), e);
    }
  }

  /** The SHA-256 of the file's content, 64 lower-case hexadecimal digits. */
  public String sha256(String location) {
    try (InputStream in = open(location)) {
      return DigestedCopy.of(in, DigestedCopy.NOWHERE).sha256();
    } catch (IOException e) {
      throw cannotRead(location, e);
    }
  }

  /**
   * Makes the file one that can be opened by a local path. A local file stays where it is; any
   * other is copied into {@code folder}, made if need be, under the name of its digest. Threads and
   * processes may stage the same file at once: each sees a whole file.
   */
  public StagedFile stage(String location, Path folder) {
    Location place = new Location(location);
    try (InputStream in = open(location)) {
      return place.isLocal()
          ? Staging.inPlace(in, place.localPath())
          : Staging.copy(in, location, folder);
    } catch (IOException e) {
      throw cannotRead(location, e);
    }
  }

  /** What went wrong while a stream of {@link #open} was being read, in words for the user. */
  public RuntimeException cannotRead(String location, Exception failure) {
    return Failures.explain("Cannot read " + location, failure, () -> nearest(location));
  }

  /** The settings' names only: secrets are among the values. */
  @Override
  public String toString() {
    return "FileAccess[hadoopSettings=" + hadoopSettings.keySet() + "]";
  }

  private interface Reading<T> {
    T read(Storage storage, Location location) throws IOException;
  }

  private <T> T reading(String location, Reading<T> reading) {
    Location place = new Location(location);
    try {
      return reading.read(storage(place), place);
    } catch (IOException | RuntimeException e) {
      throw cannotRead(location, e);
    }
  }

  private String nearest(String location) {
    Location place = new Location(location);
    Storage storage = storage(place);
    try {
      List<String> siblings =
          storage.siblings(place, SIBLINGS_LOOKED_AT).stream().sorted().toList();
      return Suggestions.nearest(place.name(), siblings)
          .map(name -> "did you mean " + name + "?")
          .orElseGet(() -> noneNear(storage.folder(place), siblings));
    } catch (IOException | RuntimeException e) {
      return "its folder cannot be listed";
    }
  }

  private static String noneNear(String folder, List<String> siblings) {
    return siblings.isEmpty()
        ? "there is no folder " + folder + ", or it is empty"
        : "nothing in " + folder + " has a name like it";
  }

  private Storage storage(Location location) {
    if (location.isLocal()) {
      return new LocalStorage();
    }
    HadoopStorage current = hadoop;
    if (current == null) {
      current = new HadoopStorage(hadoopSettings);
      hadoop = current;
    }
    return current;
  }
}
