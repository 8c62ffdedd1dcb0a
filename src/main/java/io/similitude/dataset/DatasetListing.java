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
 * The files of a data set, found once, on the driver: executors are given it and open what they
 * need without another listing.
 *
 * @param spec what was looked for
 * @param root the folder that the files' names start from; empty where they are whole locations
 * @param files in the order of their examples
 * @param classes names of the classes, in order, where folders are classes; else empty
 * @param rows examples in each file, where finding them needs it; else empty
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
   * Opens the data set; which of its examples are used is {@link Batches}' business.
   *
   * @throws InputException when a file is not what the description says, when images and labels
   *     differ in number, or when a transform cannot be applied
   */
  public Dataset open(FileAccess access) {
    return Datasets.open(this, access);
  }

  /**
   * What tells this data set from others: 64 lower-case hexadecimal digits, from the format and
   * from the files as far as {@link DatasetIdentity} says. Reads the files where that is their
   * content.
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
