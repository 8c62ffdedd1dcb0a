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
 * ({@code file:}, {@code hdfs:}, {@code s3a:}). It is sent to executors with its Hadoop settings.
 * Many threads may use it.
 *
 * <p>Every method fails with an {@link InputException} when the location is wrong (no such file, a
 * folder, no permission, an unknown scheme) and with a {@link StorageException} when storage fails
 * and the same call may succeed later.
 *
 * <p>Hadoop caches file systems by scheme, authority and user for the whole JVM. If two instances
 * have different settings for one bucket, the settings of the first user apply.
 */
public final class FileAccess implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int SIBLINGS_LOOKED_AT = 1000;

  private final TreeMap<String, String> hadoopSettings;
  private transient volatile HadoopStorage hadoop;

  public FileAccess(Map<String, String> hadoopSettings) {
    this.hadoopSettings = new TreeMap<>(hadoopSettings);
  }

  /** Access with Hadoop's default settings, which are enough for local files. */
  public static FileAccess local() {
    return new FileAccess(Map.of());
  }

  /** The file's bytes from the beginning; the caller closes the stream. */
  public InputStream open(String location) {
    return reading(location, Storage::open);
  }

  /** The file as a stream that can be read from any position. The caller closes the stream. */
  public SeekableStream openSeekable(String location) {
    return reading(location, Storage::openSeekable);
  }

  /** The file's length in bytes. */
  public long length(String location) {
    return info(location).length();
  }

  /** The file's length and time of last change. Together they show whether the file has changed. */
  public FileInfo info(String location) {
    return reading(location, Storage::info);
  }

  /** Whether a file or folder exists. */
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

  /** Whether it is a folder. A file or folder must exist. */
  public boolean isFolder(String location) {
    return reading(location, Storage::isFolder);
  }

  /**
   * All files at any depth below a folder, in the order of their names, code unit by code unit. It
   * uses a single listing if storage supports it.
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
   * Makes the file available under a local path. A local file stays in its place. Any other file is
   * copied into {@code folder}, which is created if needed, and is named by its digest. Threads and
   * processes may stage the same file at the same time. Each sees a complete file.
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

  /** The error for a failure while a stream of {@link #open} was read, in words for the user. */
  public RuntimeException cannotRead(String location, Exception failure) {
    return Failures.explain("Cannot read " + location, failure, () -> nearest(location));
  }

  /** The names of the settings only, because the values may contain secrets. */
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
