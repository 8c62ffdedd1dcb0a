package io.similitude.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs a stage's tasks in this process. It is for stages that take one or two seconds. Spark itself
 * would need most of that time.
 */
public final class LocalRunner {
  private LocalRunner() {}

  /**
   * Runs the tasks. Returns one outcome for each task, in the order of the tasks. As many tasks run
   * at once as there are cores.
   */
  public static <J, T extends Task> List<TaskOutcome> run(
      J job, List<T> tasks, TaskBody<J, T> work) {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(tasks.size(), Runtime.getRuntime().availableProcessors())));
    try {
      List<Callable<TaskOutcome>> calls = new ArrayList<>();
      for (T task : tasks) {
        calls.add(
            () ->
                TaskFunction.attempt(
                    job, task, work, Optional.empty(), 1, true, TaskProgress.NONE));
      }
      List<TaskOutcome> outcomes = new ArrayList<>();
      for (Future<TaskOutcome> outcome : threads.invokeAll(calls)) {
        outcomes.add(outcome.get());
      }
      return outcomes;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while tasks were running", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("Cannot run a task: " + ErrorMessages.of(e.getCause()), e);
    } finally {
      threads.shutdown();
    }
  }
}
