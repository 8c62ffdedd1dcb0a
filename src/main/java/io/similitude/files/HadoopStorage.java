package io.similitude.files;

import static org.apache.hadoop.fs.Options.OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY;
import static org.apache.hadoop.fs.Options.OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_RANDOM;
import static org.apache.hadoop.fs.Options.OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_WHOLE_FILE;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.util.functional.FutureIO;

/**
 * Any file system that Hadoop knows. File systems are Hadoop's cached ones, shared by scheme,
 * authority and user in the whole JVM, and therefore never closed here.
 */
final class HadoopStorage implements Storage {
  private final Configuration configuration = new Configuration();

  HadoopStorage(Map<String, String> settings) {
    settings.forEach(configuration::set);
  }

  @Override
  public FileInfo info(Location location) throws IOException {
    FileStatus status = status(location);
    return new FileInfo(status.getLen(), status.getModificationTime());
  }

  @Override
  public InputStream open(Location location) throws IOException {
    return open(location, FS_OPTION_OPENFILE_READ_POLICY_WHOLE_FILE);
  }

  @Override
  public SeekableStream openSeekable(Location location) throws IOException {
    return new HadoopSeekableStream(open(location, FS_OPTION_OPENFILE_READ_POLICY_RANDOM));
  }

  private FSDataInputStream open(Location location, String policy) throws IOException {
    // With the status given, an object store need not be asked for it again.
    return FutureIO.awaitFuture(
        fileSystem(location)
            .openFile(path(location))
            .withFileStatus(status(location))
            .opt(FS_OPTION_OPENFILE_READ_POLICY, policy)
            .build());
  }

  @Override
  public boolean isFolder(Location location) throws IOException {
    return fileSystem(location).getFileStatus(path(location)).isDirectory();
  }

  /** Uses one recursive listing. An object store answers it page by page, not folder by folder. */
  @Override
  public List<ListedFile> list(Location folder) throws IOException {
    FileSystem fileSystem = fileSystem(folder);
    String root = fileSystem.makeQualified(path(folder)).toUri().getPath();
    int nameStart = root.endsWith("/") ? root.length() : root.length() + 1;
    List<ListedFile> found = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> entries = fileSystem.listFiles(path(folder), true);
    while (entries.hasNext()) {
      FileStatus entry = entries.next();
      String name = entry.getPath().toUri().getPath().substring(nameStart);
      found.add(new ListedFile(name, new FileInfo(entry.getLen(), entry.getModificationTime())));
    }
    return found;
  }

  @Override
  public List<String> folders(Location folder) throws IOException {
    return Arrays.stream(fileSystem(folder).listStatus(path(folder)))
        .filter(FileStatus::isDirectory)
        .map(status -> status.getPath().getName())
        .toList();
  }

  @Override
  public List<String> glob(Location pattern) throws IOException {
    FileStatus[] found = fileSystem(pattern).globStatus(path(pattern));
    return found == null
        ? List.of()
        : Arrays.stream(found)
            .filter(FileStatus::isFile)
            .map(status -> status.getPath().toString())
            .toList();
  }

  @Override
  public String folder(Location location) {
    Path folder = path(location).getParent();
    return folder == null ? location.text() : folder.toString();
  }

  @Override
  public List<String> siblings(Location location, int limit) throws IOException {
    List<String> names = new ArrayList<>();
    try {
      RemoteIterator<FileStatus> entries =
          fileSystem(location).listStatusIterator(new Path(folder(location)));
      while (names.size() < limit && entries.hasNext()) {
        names.add(entries.next().getPath().getName());
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    return names;
  }

  private FileStatus status(Location location) throws IOException {
    FileStatus status = fileSystem(location).getFileStatus(path(location));
    if (status.isDirectory()) {
      throw new IsFolderException(location);
    }
    return status;
  }

  private FileSystem fileSystem(Location location) throws IOException {
    return path(location).getFileSystem(configuration);
  }

  private static Path path(Location location) {
    return new Path(location.text());
  }
}
