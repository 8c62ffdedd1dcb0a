package io.similitude.execution;

import java.io.Serializable;

/** One piece of a stage's work, as it travels to an executor. */
public interface Task extends Serializable {
  /** What the log calls it. */
  String label();

  /** The images that it shows to a network, for the progress; 0 where it shows none. */
  default int images() {
    return 0;
  }
}
