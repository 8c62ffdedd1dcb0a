package io.similitude.dataset;

import io.similitude.files.FileAccess;
import io.similitude.files.ListedFile;
import io.similitude.files.Sha256;
import io.similitude.input.InputException;
import io.similitude.spec.DatasetSource;
import io.similitude.spec.DatasetSpec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a data set, found once, on the driver. Executors get this listing and open the files
 * that they need without another listing.
 *
 * @param spec the description of the data set
 * @param root the folder that the files' names are relative to; empty if the names are complete
 *     locations
 * @param files in the order of their examples
 * @param classes names of the classes, in order, if folders are classes; else empty
 * @param rows number of examples in each file, if the format needs it to find an example; else
 *     empty
 */
public record DatasetListing(
    DatasetSpec spec, String root, List<ListedFile> files, List<String> classes, List<Integer> rows)
    implements Serializable {
  public DatasetListing {
    files = List.copyOf(files);
    classes = List.copyOf(classes);
    rows = List.copyOf(rows);
  }

  /** Files that are named by their locations. */
  static DatasetListing ofLocations(DatasetSpec spec, FileAccess files, List<String> locations) {
    List<ListedFile> listed =
        locations.stream().map(name -> new ListedFile(name, files.info(name))).toList();
    return new DatasetListing(spec, "", listed, List.of(), List.of());
  }

  /**
   * Opens the data set. {@link Batches} selects the examples that are used.
   *
   * @throws InputException if a file does not match the description, if images and labels differ in
   *     number, or if a transform cannot be applied
   */
  public Dataset open(FileAccess access) {
    return Datasets.open(this, access);
  }

  /**
   * The identity of this data set: 64 lower-case hexadecimal digits, made from the format and from
   * the properties of the files that {@link DatasetIdentity} names. If these include the content,
   * the files are read.
   */
  public String digest(FileAccess access) {
    List<String> lines = new ArrayList<>(List.of(spec.format().keyword()));
    if (spec.source() instanceof DatasetSource.Columns columns) {
      lines.add(columns.image() + "\0" + columns.label().orElse(DatasetSource.LABEL_COLUMN));
    }
    DatasetIdentity identity = Datasets.format(spec).identity();
    for (ListedFile file : files) {
      lines.add(identity == DatasetIdentity.CONTENT ? content(file, access) : listed(file));
    }
    return Sha256.ofLines(lines);
  }

  private String content(ListedFile file, FileAccess access) {
    return access.sha256(location(file));
  }

  private static String listed(ListedFile file) {
    return "%s\0%d\0%d".formatted(file.name(), file.info().length(), file.info().modified());
  }

  String location(int index) {
    return location(files.get(index));
  }

  private String location(ListedFile file) {
    return root.isEmpty() ? file.name() : root + "/" + file.name();
  }
}
