package io.similitude.execution;

import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;

/** One piece of a stage's work. It is sent to an executor in this form. */
public interface Task extends Serializable {
  /** The name of the task in the log. */
  String label();

  /**
   * The longest time that the task may take, for a task that runs another person's program. Such a
   * task runs in its own process. Other tasks have no limit and run in this process.
   */
  default Optional<Duration> aloneFor() {
    return Optional.empty();
  }

  /** The number of steps that the task counts while it runs, for the progress. */
  default long steps() {
    return 0;
  }

  /**
   * The number of images that the task shows to a network, for the progress. It is 0 if the task
   * shows no images.
   */
  default int images() {
    return 0;
  }
}
