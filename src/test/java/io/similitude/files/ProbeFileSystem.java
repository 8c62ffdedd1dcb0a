package io.similitude.files;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.Arrays;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.security.AccessControlException;

/**
 * The local disk as a remote file system, {@code probe:/path}, with two files that always fail. It
 * stands for every Hadoop file system: the code under test knows only that interface.
 */
public final class ProbeFileSystem extends RawLocalFileSystem {
  @Override
  public URI getUri() {
    return URI.create("probe:///");
  }

  @Override
  public String getScheme() {
    return "probe";
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    switch (path.getName()) {
      case "forbidden" -> throw new AccessControlException("Permission denied: user=probe");
      case "unreachable" -> throw new ConnectException("Connection refused\n  at port 9000");
      default -> {
        return super.getFileStatus(path);
      }
    }
  }

  /** Plain ones: the local file system's look for rights at a path that has to be file:. */
  @Override
  public FileStatus[] listStatus(Path folder) throws IOException {
    return Arrays.stream(super.listStatus(folder))
        .map(ProbeFileSystem::plain)
        .toArray(FileStatus[]::new);
  }

  private static FileStatus plain(FileStatus status) {
    return new FileStatus(
        status.getLen(),
        status.isDirectory(),
        status.getReplication(),
        status.getBlockSize(),
        status.getModificationTime(),
        status.getPath());
  }
}
