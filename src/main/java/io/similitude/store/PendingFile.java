package io.similitude.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;

/** A file that is written under the staging folder, closed, and then moved to its final place. */
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
   * Opens the file under the staging folder.
   *
   * @throws IOException also when the staging folder is gone: a newer command has taken over
   */
  OutputStream create() throws IOException {
    try {
      return storage.create(staged);
    } catch (FileNotFoundException e) {
      throw takenOver(e);
    }
  }

  /** Moves the file to its final place. If a file is there already, this one is removed. */
  void publish() throws IOException {
    if (storage.isThere(target)) {
      drop();
    } else {
      replace();
    }
  }

  /** Moves the file to its final place and replaces any file there. */
  void replace() throws IOException {
    if (!storage.isThere(staged)) {
      throw takenOver(new FileNotFoundException(staged));
    }
    storage.move(staged, target);
  }

  /** Removes the file from the staging folder if it is there. */
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
