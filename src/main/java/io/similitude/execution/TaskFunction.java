package io.similitude.execution;

import io.similitude.input.InputException;
import io.similitude.network.NativeThreads;
import io.similitude.network.TorchEngine;
import io.similitude.store.DamagedFile;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.resource.ResourceInformation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the work of one task in a Spark task. A failure of the task itself becomes its outcome. For
 * a failure that may be the executor's fault, Spark tries the task again. After the last attempt,
 * this failure becomes the outcome too. So a single task never stops the whole sweep.
 */
final class TaskFunction<J, T extends Task> implements Function<T, TaskOutcome> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(TaskFunction.class);

  private final Broadcast<J> job;
  private final TaskBody<J, T> work;
  private final Settings settings;
  private final TaskCounters counters;

  TaskFunction(Broadcast<J> job, TaskBody<J, T> work, Settings settings, TaskCounters counters) {
    this.job = job;
    this.work = work;
    this.settings = settings;
    this.counters = counters;
  }

  /**
   * The settings for tasks in Spark's configuration.
   *
   * @param threads the number of CPU threads of a task
   * @param attempts the number of times that Spark tries a task before the whole job fails
   */
  record Settings(int threads, int attempts) implements Serializable {
    private static final int DEFAULT_ATTEMPTS = 4;

    static Settings of(JavaSparkContext context) {
      // A plain local master ignores the setting and never tries again.
      int attempts =
          context.isLocal()
              ? 1
              : context.getConf().getInt("spark.task.maxFailures", DEFAULT_ATTEMPTS);
      return new Settings(context.getConf().getInt("spark.task.cpus", 1), attempts);
    }
  }

  @Override
  public TaskOutcome call(T task) throws Exception {
    ExecutorLogging.configure();
    TaskContext context = TaskContext.get();
    TaskOutcome outcome = attempt(task, context);
    counters.count(outcome, task);
    return outcome;
  }

  private TaskOutcome attempt(T task, TaskContext context) throws Exception {
    boolean isLast = context.attemptNumber() + 1 >= settings.attempts() && !context.isInterrupted();
    return attempt(
        job.value(),
        task,
        work,
        grantedGpu(context),
        settings.threads(),
        isLast,
        counters.progress());
  }

  /**
   * Does a task in this process at once.
   *
   * @param isLast whether a failure that may be this machine's fault becomes the outcome too
   */
  static <J, T extends Task> TaskOutcome attempt(
      J shared,
      T task,
      TaskBody<J, T> work,
      Optional<Integer> gpu,
      int threads,
      boolean isLast,
      TaskProgress progress)
      throws Exception {
    Integer address = gpu.orElse(null);
    try {
      if (task.aloneFor().isPresent() && !ChildMain.isChild()) {
        return ChildProcesses.call(
            task.aloneFor().get(),
            () ->
                attempt(
                    shared,
                    task,
                    work,
                    Optional.ofNullable(address),
                    threads,
                    isLast,
                    TaskProgress.NONE));
      }
      TorchEngine.configure(threads);
      run(shared, task, work, gpu, progress);
      return TaskOutcome.DONE;
    } catch (InputException e) {
      String cause = ErrorMessages.of(e.getMessage());
      ProcessEnd.in(e).ifPresent(end -> remember(shared, task, work, cause, end));
      return new TaskOutcome(cause, false);
    } catch (IOException | RuntimeException | FSError e) {
      Optional<DamagedFile> damage = DamagedFile.in(e);
      if (damage.isPresent()) {
        return TaskOutcome.of(damage.get());
      }
      if (!isLast) {
        throw e;
      }
      LOG.warn("Cannot do {}", task.label(), e);
      return new TaskOutcome(ErrorMessages.of(e), Temporary.is(e));
    } catch (Error e) {
      // A task that fails twice must not stop the other tasks.
      LOG.warn("Cannot do {}", task.label(), e);
      return new TaskOutcome(ErrorMessages.of(e), false);
    }
  }

  /** Without this, the next command tries the task again. That is no reason to fail. */
  private static <J, T extends Task> void remember(
      J shared, T task, TaskBody<J, T> work, String cause, ProcessEnd end) {
    try {
      work.ended(shared, task, cause, end);
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot remember how {} ended", task.label(), e);
    }
  }

  /** Does the task. After an Error it tries once more, because memory may have been short. */
  private static <J, T extends Task> void run(
      J shared, T task, TaskBody<J, T> work, Optional<Integer> gpu, TaskProgress progress)
      throws Exception {
    Callable<T> call =
        () -> {
          work.run(shared, task, gpu, progress);
          return task;
        };
    try {
      NativeThreads.run(call);
    } catch (Error e) {
      LOG.warn("{} is tried once more: {}", task.label(), ErrorMessages.of(e));
      NativeThreads.run(call);
    }
  }

  private static Optional<Integer> grantedGpu(TaskContext context) {
    ResourceInformation gpus = context.resourcesJMap().get("gpu");
    return gpus == null || gpus.addresses().length == 0
        ? Optional.empty()
        : Optional.of(Integer.valueOf(gpus.addresses()[0]));
  }
}
