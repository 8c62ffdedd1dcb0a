package io.similitude.execution;

import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;

/**
 * What an executor does for each task of a stage.
 *
 * @param <J> what all tasks share; broadcast
 */
@FunctionalInterface
public interface TaskBody<J, T extends Task> extends Serializable {
  /**
   * Does one task, on a thread for native code.
   *
   * @param gpu the address of the GPU that Spark gave to the task; empty: it runs on the CPU
   * @throws io.similitude.input.InputException if what the user gave is wrong: no second attempt
   *     would help
   * @throws IOException if storage is in trouble
   */
  void run(J job, T task, Optional<Integer> gpu) throws IOException;
}
