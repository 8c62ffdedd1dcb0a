package io.similitude.store;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** An error: files of the run differ from what was written. Reading them again does not help. */
public final class DamagedFile extends IOException {
  private static final long serialVersionUID = 1L;

  private final List<String> paths;

  /**
   * @param path relative to the run's folder
   * @param name the file's full name
   */
  DamagedFile(String path, String name, String why, Throwable cause) {
    super("Cannot read %s: %s (delete the file and run again)".formatted(name, why), cause);
    this.paths = List.of(path);
  }

  /** One error for several damaged files. Its message is that of the first. */
  DamagedFile(List<DamagedFile> all) {
    super(all.get(0).getMessage(), all.get(0));
    this.paths = all.stream().flatMap(it -> it.paths.stream()).toList();
  }

  /** Finds this error in a chain of causes. */
  public static Optional<DamagedFile> in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DamagedFile damage) {
        return Optional.of(damage);
      }
    }
    return Optional.empty();
  }

  /** The damaged files, relative to the run's folder. */
  public List<String> paths() {
    return paths;
  }
}
