package io.similitude.files;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Storage did not answer as it should: a connection, a time-out, a full disk. Nothing that the user
 * gave is known to be wrong, and the same command again may succeed.
 */
public final class StorageException extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  public StorageException(String message, IOException cause) {
    super(message, cause);
  }
}
