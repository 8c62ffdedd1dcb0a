package io.similitude.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * One kind of file system. Failures are those of the file system, without messages for the user.
 */
interface Storage {
  /**
   * The properties of a file.
   *
   * @throws FileNotFoundException or NoSuchFileException when there is no such file
   * @throws IsFolderException when it is a folder
   */
  FileInfo info(Location location) throws IOException;

  InputStream open(Location location) throws IOException;

  SeekableStream openSeekable(Location location) throws IOException;

  /** Whether it is a folder. It fails like {@link #info} if nothing exists there. */
  boolean isFolder(Location location) throws IOException;

  /** All files at any depth below a folder, in any order, including hidden files. */
  List<ListedFile> list(Location folder) throws IOException;

  /** The names of the folders in a folder, in any order. */
  List<String> folders(Location folder) throws IOException;

  /** The files that match, without folders, in any order. */
  List<String> glob(Location pattern) throws IOException;

  /** The folder that contains a location. */
  String folder(Location location);

  /** Some of the names in that folder: at most {@code limit}; empty if there is no folder. */
  List<String> siblings(Location location, int limit) throws IOException;

  /** The location is a folder, but a file is needed. */
  final class IsFolderException extends IOException {
    private static final long serialVersionUID = 1L;

    IsFolderException(Location location) {
      super(location.text());
    }
  }
}
