package io.similitude.files;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Storage failed: a connection, a time-out, or a full disk. The user's input is not known to be
 * wrong, and the same command may succeed when it is run again.
 */
public final class StorageException extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  public StorageException(String message, IOException cause) {
    super(message, cause);
  }
}
