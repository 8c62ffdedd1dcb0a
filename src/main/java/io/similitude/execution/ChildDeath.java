package io.similitude.execution;

import java.io.IOException;

/** A process that died while it worked. The message says how. */
final class ChildDeath extends IOException {
  private static final long serialVersionUID = 1L;

  ChildDeath(String message, Throwable cause) {
    super(message, cause);
  }
}
