package io.similitude.execution;

import com.sun.jna.Function;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends this process when it receives a request to end. {@code System.exit} and {@code Runtime.halt}
 * let the C library destroy libtorch's objects. A thread that still uses these objects then crashes
 * the process. The exit status is 134 in that case. So the last step of this class ends the process
 * without destroying these objects.
 */
public final class ProcessExit {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessExit.class);
  private static final Map<String, Integer> SIGNALS = Map.of("HUP", 1, "INT", 2, "TERM", 15);
  private static final int OF_SIGNALS = 128;

  /** Hooks run from high to low. The hooks of Spark and of file systems are in between. */
  private static final int FIRST = FileSystem.SHUTDOWN_HOOK_PRIORITY + 100;

  private static final int LAST = 0;

  private static final AtomicInteger INTERRUPTED = new AtomicInteger();

  private ProcessExit() {}

  /**
   * From now on, a signal that asks the process to end makes its exit status 128 plus the signal's
   * number.
   */
  public static void listen() {
    SIGNALS.forEach(ProcessExit::listen);
    ShutdownHookManager.get()
        .addShutdownHook(
            () -> {
              if (INTERRUPTED.get() > 0) {
                now(INTERRUPTED.get());
              }
            },
            LAST);
  }

  /** Adds a hook that runs first when the process ends. */
  public static void first(Runnable hook) {
    ShutdownHookManager.get().addShutdownHook(hook, FIRST);
  }

  /** Removes such a hook. */
  public static void forget(Runnable hook) {
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }

  /** Ends the process at once with this status. No hook and no cleanup runs any more. */
  static void now(int status) {
    System.out.flush();
    try {
      Function.getFunction("c", "_exit").invokeVoid(new Object[] {status});
    } catch (RuntimeException | LinkageError e) {
      LOG.debug("Cannot leave by the C library", e);
    }
    Runtime.getRuntime().halt(status);
  }

  /**
   * Listens to a signal by reflection, because the compiler warns about the class. All Java
   * runtimes still have this class.
   */
  private static void listen(String name, int number) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.getName().equals("handle")) {
            INTERRUPTED.compareAndSet(0, OF_SIGNALS + number);
            new Thread(() -> System.exit(OF_SIGNALS + number), "similitude-exit").start();
            return null;
          }
          return method.getName().equals("equals") ? proxy == arguments[0] : name.hashCode();
        };
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      Object own = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
      signal
          .getMethod("handle", signal, type)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), own);
    } catch (ReflectiveOperationException e) {
      LOG.debug("Cannot listen to SIG{}", name, e);
    }
  }
}
