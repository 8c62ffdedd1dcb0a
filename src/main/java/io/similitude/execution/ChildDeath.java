package io.similitude.execution;

import java.io.IOException;

/** A child process died during its work. The message says how. */
final class ChildDeath extends IOException {
  private static final long serialVersionUID = 1L;

  ChildDeath(String message, Throwable cause) {
    super(message, cause);
  }
}
