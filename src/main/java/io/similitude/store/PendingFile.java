package io.similitude.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;

/** A file on its way: written under the staging folder, closed, then moved into its place. */
final class PendingFile {
  private final RunStorage storage;
  private final String staged;
  private final String target;

  PendingFile(RunStorage storage, String staged, String target) {
    this.storage = storage;
    this.staged = staged;
    this.target = target;
  }

  /**
   * Opens it under the staging folder.
   *
   * @throws IOException also when the staging folder is gone: a newer command has taken over
   */
  FSDataOutputStream create() throws IOException {
    try {
      return storage.create(staged);
    } catch (FileNotFoundException e) {
      throw takenOver(e);
    }
  }

  /** Moves it into its place; when that file is there already, drops this one. */
  void publish() throws IOException {
    if (storage.isThere(target)) {
      drop();
    } else {
      replace();
    }
  }

  /** Moves it into its place, whatever stands there. */
  void replace() throws IOException {
    if (!storage.isThere(staged)) {
      throw takenOver(new FileNotFoundException(staged));
    }
    storage.move(staged, target);
  }

  /** Removes it from the staging folder if it is there. */
  void drop() throws IOException {
    storage.delete(staged);
  }

  @Override
  public String toString() {
    return storage.path(target).toString();
  }

  private IOException takenOver(FileNotFoundException cause) {
    return new IOException(
        "Cannot write " + this + ": another command has started to write this run (one at a time)",
        cause);
  }
}
