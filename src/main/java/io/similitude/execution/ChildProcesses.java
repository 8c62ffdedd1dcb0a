package io.similitude.execution;

import io.similitude.input.InputException;
import io.similitude.network.NativeCalls;
import io.similitude.network.NativeThreads;
import io.similitude.network.TorchEngine;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Child processes of this process, which run programs from other people. If such a program crashes,
 * only its child process dies. If a program does not end in time, it is stopped. A child process
 * stays alive between tasks. There are as many child processes as tasks that run at once. A child
 * process ends after a minute without work.
 */
public final class ChildProcesses {
  private static final Logger LOG = LoggerFactory.getLogger(ChildProcesses.class);

  /**
   * The number of attempts. One death of a process may have another cause than the task. A second
   * death counts as the task's fault.
   */
  private static final int ATTEMPTS = 2;

  /** The option that tries again what the run remembers as a network that crashes or hangs. */
  private static final String AGAIN = "--retry-failed";

  private static final Deque<ChildProcess> IDLE = new ArrayDeque<>();

  private ChildProcesses() {}

  /**
   * Runs work in a child process. If this process is itself a child process, the work runs here.
   *
   * @param limit the longest time that the work may take
   * @throws InputException if the process died twice, or the work did not end in time
   */
  public static <T extends Serializable> T call(Duration limit, NativeCalls.Work<T> work)
      throws Exception {
    if (ChildMain.isChild()) {
      return work.run();
    }
    for (int attempt = 1; ; attempt++) {
      ChildProcess child = take();
      try {
        Optional<ChildReply> reply = child.call(work, limit);
        if (reply.isEmpty()) {
          throw new InputException(
              "The network did not end within %d seconds, and its process was ended (a larger unit-timeout in the spec gives it more time; %s tries it again)"
                  .formatted(limit.toSeconds(), AGAIN),
              ProcessEnd.late(limit));
        }
        giveBack(child);
        @SuppressWarnings("unchecked") // The result comes from this work, so it has the type T.
        T result = (T) reply.get().result();
        return result;
      } catch (ProcessEnd e) {
        LOG.warn("A process of its own died: {}", e.getMessage());
        if (attempt == ATTEMPTS) {
          throw new InputException(
              "The process died twice while it ran this network: %s%s"
                  .formatted(
                      e.getMessage(), e.isLasting() ? " (" + AGAIN + " tries it again)" : ""),
              e);
        }
      } finally {
        child.closeUnlessIdle();
      }
    }
  }

  /** Does the same on a thread that is set up for native code. */
  public static <T extends Serializable> T onNativeThread(
      Duration limit, int threads, NativeCalls.Work<T> work) throws Exception {
    return ChildMain.isChild()
        ? work.run()
        : call(
            limit,
            () -> {
              TorchEngine.configure(threads);
              return NativeThreads.run(work::run);
            });
  }

  private static ChildProcess take() throws IOException {
    synchronized (IDLE) {
      while (!IDLE.isEmpty()) {
        ChildProcess child = IDLE.pop();
        if (child.takeFromIdle()) {
          return child;
        }
      }
    }
    return ChildProcess.start();
  }

  private static void giveBack(ChildProcess child) {
    synchronized (IDLE) {
      child.makeIdle();
      IDLE.push(child);
    }
  }
}
