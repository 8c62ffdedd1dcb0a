package io.similitude.store;

import io.similitude.files.LocalOutput;
import io.similitude.store.page.LocalFileStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FsStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * A run's folder on its file system. Paths are relative to the folder. On a local disk, Hadoop's
 * checksum files are not used. There the operating system moves files, which is either atomic or an
 * error. Hadoop's own move may copy instead.
 */
final class RunStorage {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final FileSystem fs;
  private final Path root;
  private final Configuration hadoop;

  RunStorage(Path root, Configuration hadoop) throws IOException {
    FileSystem found = root.getFileSystem(hadoop);
    this.fs = found instanceof LocalFileSystem local ? local.getRaw() : found;
    this.root = root;
    this.hadoop = hadoop;
  }

  Path path(String relative) {
    return new Path(root, relative);
  }

  /** The free bytes. {@link Long#MAX_VALUE} if the file system knows no limit. */
  long freeBytes() throws IOException {
    Path there = root;
    while (there.getParent() != null && !fs.exists(there)) {
      there = there.getParent();
    }
    FsStatus status = fs.getStatus(there);
    return status.getCapacity() == 0 ? Long.MAX_VALUE : status.getRemaining();
  }

  /**
   * The files below a folder with their sizes in bytes. The map is empty if the folder does not
   * exist.
   */
  Map<String, Long> list(String folder) throws IOException {
    if (!hasFolder(folder)) {
      return Map.of();
    }
    return fs instanceof RawLocalFileSystem local
        ? listLocal(local.pathToFile(path(folder)).toPath())
        : listRemote(path(folder));
  }

  /**
   * Lists a local folder. Hadoop's own listing asks for each file's permissions, which takes
   * milliseconds for each file.
   */
  private Map<String, Long> listLocal(java.nio.file.Path folder) throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(java.nio.file.Path file, BasicFileAttributes status) {
            sizes.put(relative(new Path(file.toUri())), status.size());
            return FileVisitResult.CONTINUE;
          }
        });
    return sizes;
  }

  /**
   * Lists the whole tree at once. On S3A this is one request per thousand files, not one per
   * folder.
   */
  private Map<String, Long> listRemote(Path folder) throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    RemoteIterator<LocatedFileStatus> files = fs.listFiles(folder, true);
    while (files.hasNext()) {
      FileStatus file = files.next();
      sizes.put(relative(file.getPath()), file.getLen());
    }
    return sizes;
  }

  /** Whether this file exists and is not empty. */
  boolean isThere(String file) throws IOException {
    try {
      FileStatus status = fs.getFileStatus(path(file));
      return status.isFile() && status.getLen() > 0;
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  boolean hasFolder(String folder) throws IOException {
    try {
      return fs.getFileStatus(path(folder)).isDirectory();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  void makeFolder(String folder) throws IOException {
    makeFolder(path(folder));
  }

  /**
   * Opens a new file. Its folder must exist. The file may be written twice: if an object store's
   * reply is lost, the store gets the same bytes again.
   */
  OutputStream create(String file) throws IOException {
    OutputStream out = fs.createFile(path(file)).overwrite(true).build();
    return fs instanceof RawLocalFileSystem ? new LocalOutput(out) : out;
  }

  InputFile input(String file) throws IOException {
    FileStatus status = fs.getFileStatus(path(file));
    return new Input(fs, status);
  }

  /** The present time as the name of a folder. The names have the same order as the times. */
  String now() {
    return NAME.format(Instant.now());
  }

  /** The time that such a name stands for. */
  static Instant moment(String name) {
    return NAME.parse(name, Instant::from);
  }

  /** All bytes of a file. */
  byte[] read(String file) throws IOException {
    try (FSDataInputStream in = fs.open(path(file))) {
      return in.readAllBytes();
    }
  }

  /** The present version of a file: its address, length and time. */
  String version(String file) throws IOException {
    FileStatus status = fs.getFileStatus(path(file));
    return status.getPath() + " " + status.getLen() + " " + status.getModificationTime();
  }

  ParquetReadOptions.Builder readOptions() {
    // Nearly the whole file is read. Reading several ranges at once helps on object stores
    // only.
    boolean isLocal = fs instanceof RawLocalFileSystem;
    return HadoopReadOptions.builder(hadoop).withUseHadoopVectoredIo(!isLocal);
  }

  /** Moves a file to its final place atomically. A file that is already there is replaced. */
  void move(String from, String to) throws IOException {
    makeFolder(path(to).getParent());
    if (fs instanceof RawLocalFileSystem local) {
      Files.move(
          local.pathToFile(path(from)).toPath(),
          local.pathToFile(path(to)).toPath(),
          StandardCopyOption.ATOMIC_MOVE);
    } else if (copiesToMove() && isThere(to)) {
      overwrite(from, to);
    } else {
      FileContext.getFileContext(root.toUri(), hadoop)
          .rename(path(from), path(to), Rename.OVERWRITE);
    }
  }

  /**
   * Whether a move on this file system is a copy and a removal, as on S3. There a move over a file
   * would first remove that file.
   */
  private boolean copiesToMove() throws IOException {
    return fs.hasPathCapability(root, CommonPathCapabilities.ETAGS_AVAILABLE)
        && !fs.hasPathCapability(root, CommonPathCapabilities.ETAGS_PRESERVED_IN_RENAME);
  }

  /**
   * Replaces a file of an object store by a single upload. Readers see the old file or the new one,
   * and no moment without a file.
   */
  private void overwrite(String from, String to) throws IOException {
    long length = fs.getFileStatus(path(from)).getLen();
    FSDataOutputStream out = fs.create(path(to), true);
    try (FSDataInputStream in = fs.open(path(from))) {
      long copied = in.transferTo(out);
      if (copied != length) {
        throw new EOFException("Only %d of %d bytes of %s".formatted(copied, length, path(from)));
      }
    } catch (IOException | RuntimeException e) {
      // To close it would be to publish half a file.
      out.abort();
      throw e;
    }
    out.close();
    delete(from);
  }

  /** Removes a file, or a folder with everything below it. */
  void delete(String path) throws IOException {
    fs.delete(path(path), true);
  }

  void deleteIfEmpty(String folder) throws IOException {
    if (hasFolder(folder) && fs.listStatus(path(folder)).length == 0) {
      fs.delete(path(folder), false);
    }
  }

  private void makeFolder(Path folder) throws IOException {
    if (!fs.mkdirs(folder)) {
      throw new AccessDeniedException(folder.toString(), null, "the folder cannot be made");
    }
  }

  private String relative(Path path) {
    return root.toUri().relativize(path.toUri()).getPath();
  }

  /** A file opened on this file system. Local files have no Hadoop checksums, so none are read. */
  private record Input(FileSystem fs, FileStatus status) implements InputFile {
    @Override
    public long getLength() {
      return status.getLen();
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
      return fs instanceof RawLocalFileSystem local
          ? LocalFileStream.open(local.pathToFile(status.getPath()).toPath())
          : HadoopStreams.wrap(fs.open(status.getPath()));
    }

    /** The text that Parquet's messages show. */
    @Override
    public String toString() {
      return status.getPath().toString();
    }
  }
}
