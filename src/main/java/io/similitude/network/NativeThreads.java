package io.similitude.network;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that run native code. libtorch keeps memory for every thread that ever ran it, but
 * Spark creates and ends task threads all the time. These threads stay. There are as many as the
 * largest number of tasks that ran at the same time.
 */
public final class NativeThreads {
  private static final ExecutorService THREADS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          Long.MAX_VALUE,
          TimeUnit.NANOSECONDS,
          new SynchronousQueue<>(),
          NativeThreads::daemon);

  private NativeThreads() {}

  /**
   * Runs work on one of the threads and waits until it ends, even after an interrupt, because
   * resources that the work uses must not be closed meanwhile. The interrupt is passed on
   * afterwards.
   *
   * @throws Exception the exception that the work threw
   */
  public static <T> T run(Callable<T> work) throws Exception {
    Future<T> future = THREADS.submit(work);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw unwrap(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Exception unwrap(ExecutionException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof Exception cause ? cause : e;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "similitude-native");
    thread.setDaemon(true);
    thread.setContextClassLoader(NativeThreads.class.getClassLoader());
    return thread;
  }
}
