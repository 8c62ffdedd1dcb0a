package io.similitude.execution;

import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;

/** One piece of a stage's work, as it travels to an executor. */
public interface Task extends Serializable {
  /** What the log calls it. */
  String label();

  /**
   * How long it may take, for a task that runs the program of a stranger. It runs in a process of
   * its own then; others run in this one.
   */
  default Optional<Duration> aloneFor() {
    return Optional.empty();
  }

  /** The images that it shows to a network, for the progress; 0 where it shows none. */
  default int images() {
    return 0;
  }
}
