package io.similitude.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

/** The files of this machine. */
final class LocalStorage implements Storage {
  private static final String WILDCARDS = "*?[{\\";

  @Override
  public FileInfo info(Location location) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(location.localPath(), BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      throw new IsFolderException(location);
    }
    return info(attributes);
  }

  private static FileInfo info(BasicFileAttributes attributes) {
    return new FileInfo(attributes.size(), attributes.lastModifiedTime().toMillis());
  }

  @Override
  public InputStream open(Location location) throws IOException {
    info(location);
    return Files.newInputStream(location.localPath());
  }

  @Override
  public SeekableStream openSeekable(Location location) throws IOException {
    info(location);
    return LocalSeekableStream.open(location.localPath());
  }

  @Override
  public boolean isFolder(Location location) throws IOException {
    return Files.readAttributes(location.localPath(), BasicFileAttributes.class).isDirectory();
  }

  @Override
  public List<ListedFile> list(Location folder) throws IOException {
    Path root = folder.localPath();
    List<ListedFile> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
              found.add(new ListedFile(root.relativize(path).toString(), info(attributes)));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  @Override
  public List<String> folders(Location folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder.localPath())) {
      return entries.filter(Files::isDirectory).map(path -> path.getFileName().toString()).toList();
    }
  }

  @Override
  public List<String> glob(Location pattern) throws IOException {
    Path path = pattern.localPath();
    List<Path> found = List.of(path.isAbsolute() ? path.getRoot() : Path.of(""));
    for (Path segment : path) {
      found = step(found, segment.toString());
    }
    return found.stream().filter(Files::isRegularFile).map(pattern::withLocalPath).toList();
  }

  private static List<Path> step(List<Path> folders, String segment) throws IOException {
    List<Path> next = new ArrayList<>();
    for (Path folder : folders) {
      if (segment.chars().noneMatch(c -> WILDCARDS.indexOf(c) >= 0)) {
        next.add(folder.resolve(segment));
      } else if (Files.isDirectory(folder)) {
        try (DirectoryStream<Path> matches = Files.newDirectoryStream(folder, segment)) {
          matches.forEach(next::add);
        }
      }
    }
    return next;
  }

  @Override
  public String folder(Location location) {
    Path folder = location.localPath().toAbsolutePath().normalize().getParent();
    return folder == null ? "/" : folder.toString();
  }

  @Override
  public List<String> siblings(Location location, int limit) throws IOException {
    Path folder = Path.of(folder(location));
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.limit(limit).map(path -> path.getFileName().toString()).toList();
    }
  }
}
