package io.similitude.execution;

import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;

/**
 * The work that an executor does for each task of a stage.
 *
 * @param <J> the data that all tasks share; it is broadcast
 */
@FunctionalInterface
public interface TaskBody<J, T extends Task> extends Serializable {
  /**
   * Does one task, on a thread for native code.
   *
   * @param gpu the address of the GPU that Spark gave to the task; empty: it runs on the CPU
   * @param progress tells how far the task is
   * @throws io.similitude.input.InputException if the user's input is wrong, so that a second
   *     attempt would not help
   * @throws IOException if storage fails
   */
  void run(J job, T task, Optional<Integer> gpu, TaskProgress progress) throws IOException;

  /**
   * Notes at once that a task took its processes with it, or did not end in time.
   *
   * @param cause what the failure's row says
   */
  default void ended(J job, T task, String cause, ProcessEnd end) throws IOException {}
}
