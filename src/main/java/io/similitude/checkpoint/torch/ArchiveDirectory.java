package io.similitude.checkpoint.torch;

import io.similitude.checkpoint.tensor.MalformedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The directory of a zip archive that PyTorch wrote. The archive may be hostile, so the class
 * checks its names: they are few and short, each occurs once, and none leads out of the archive.
 */
final class ArchiveDirectory {
  /**
   * The largest number of records. Hostile names can make the time of the JDK's lookup proportional
   * to their number.
   */
  private static final int MOST_RECORDS = 50_000;

  private static final int LONGEST_NAME = 500;

  /**
   * A name that leads out of the archive: an absolute name, a name with a drive, or a name with a
   * step up. Steps end in either kind of slash.
   */
  private static final Pattern LEAVES =
      Pattern.compile(
          "([/\\\\]|[^/\\\\]*:([/\\\\]|$)|(.*[/\\\\])?\\.\\.([/\\\\]|$)).*", Pattern.DOTALL);

  private static final int MOST_NAMES_OF_ONE_HASH = 16;

  private final Map<String, ZipEntry> entries;
  private final String root;

  ArchiveDirectory(ZipFile zip) throws MalformedException {
    this.entries = entriesOf(zip);
    this.root = rootOf(entries);
  }

  /**
   * The directory of an archive whose marker record is not a pickle.
   *
   * @param isMarker recognises the marker record by its whole name; the parent of its folder is the
   *     root
   * @param root gives the root from the marker's name
   */
  ArchiveDirectory(ZipFile zip, Predicate<String> isMarker, UnaryOperator<String> root)
      throws MalformedException {
    this.entries = entriesOf(zip);
    List<String> markers = entries.keySet().stream().filter(isMarker).toList();
    if (markers.size() != 1) {
      throw new MalformedException(
          "it is no archive of torch.export: it has "
              + markers.size()
              + " records of a program (must be 1)");
    }
    this.root = root.apply(markers.get(0));
  }

  /** The names of all records below the root, in any order. */
  Set<String> records() {
    return entries.keySet().stream()
        .filter(name -> name.startsWith(root) && !name.endsWith("/"))
        .map(name -> name.substring(root.length()))
        .collect(Collectors.toSet());
  }

  /** A record, by its name below the root. */
  Optional<ZipEntry> find(String record) {
    return Optional.ofNullable(entries.get(root + record));
  }

  /** The name of a record in messages. */
  static String describe(ZipEntry entry) {
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

  /** The folder of the only data.pkl: the name under which the file was saved. */
  private static String rootOf(Map<String, ZipEntry> entries) throws MalformedException {
    List<String> roots =
        entries.keySet().stream()
            .filter(
                name ->
                    name.endsWith("/" + TorchArchive.PICKLE)
                        && name.indexOf('/') == name.lastIndexOf('/'))
            .map(name -> name.substring(0, name.length() - TorchArchive.PICKLE.length()))
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
