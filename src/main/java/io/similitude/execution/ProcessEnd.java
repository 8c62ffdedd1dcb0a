package io.similitude.execution;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Work that took its process with it, or that did not end in time. The message says how. */
public final class ProcessEnd extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Duration limit;
  private final boolean outside;

  private ProcessEnd(String message, Throwable cause, Duration limit, boolean outside) {
    super(message, cause);
    this.limit = limit;
    this.outside = outside;
  }

  /**
   * The process died.
   *
   * @param outside whether something else ended it, such as the system when memory is short
   */
  static ProcessEnd died(String message, boolean outside, Throwable cause) {
    return new ProcessEnd(message, cause, null, outside);
  }

  /** The work did not end within this time. */
  static ProcessEnd late(Duration limit) {
    return new ProcessEnd("it did not end", null, limit, false);
  }

  /** The end of a process among the causes of a failure. */
  public static Optional<ProcessEnd> in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProcessEnd end) {
        return Optional.of(end);
      }
    }
    return Optional.empty();
  }

  /** The time that the work had; empty if its process died. */
  public Optional<Duration> limit() {
    return Optional.ofNullable(limit);
  }

  /**
   * Whether the same work will end so again. A process that something else ended may live the next
   * time.
   */
  public boolean isLasting() {
    return !outside;
  }
}
