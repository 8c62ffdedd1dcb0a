package io.similitude.network;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;

/**
 * PyTorch in this JVM: set up once, before its first use, with what only system properties can tell
 * it, and then in each thread that uses it.
 */
public final class TorchEngine {
  private static final String NAME = "PyTorch";
  private static final String THREADS = "ai.djl.pytorch.num_threads";
  private static final String OPTIMIZER = "ai.djl.pytorch.graph_optimizer";

  /** Whether this thread's settings are the engine's. */
  private static final ThreadLocal<Boolean> PREPARED = ThreadLocal.withInitial(() -> false);

  private TorchEngine() {}

  /**
   * Sets the threads of one forward pass; what was set first stays for the life of the JVM.
   *
   * @param threads CPU threads that one task may use, Spark's {@code spark.task.cpus}
   */
  public static void configure(int threads) {
    // A wrong version must be an error, not a download.
    setUnlessSet("ai.djl.offline", "true");
    setUnlessSet(THREADS, Integer.toString(threads));
    setUnlessSet("ai.djl.pytorch.num_interop_threads", "1");
    // The optimizer re-specialises for every new shape, slowly, and changes the last digits.
    setUnlessSet(OPTIMIZER, "false");
    // DJL reports the use of its models unless asked not to.
    setUnlessSet("OPT_OUT_TRACKING", "true");
  }

  /**
   * Makes what was configured hold for the calling thread too; cheap from the second call on. To be
   * called before anything runs on a thread, after {@link #configure}: OpenMP's number of threads
   * and the optimizer's switch are each thread's own, and a new one would compute its first
   * convolutions with as many threads as the machine has cores, which may be other last digits.
   */
  public static void prepareThread() {
    if (PREPARED.get()) {
      return;
    }
    Engine.getEngine(NAME);
    JniUtils.setGraphExecutorOptimize(Boolean.getBoolean(OPTIMIZER));
    Integer threads = Integer.getInteger(THREADS);
    if (threads != null) {
      JniUtils.setNumThreads(threads);
      PREPARED.set(true);
    }
  }

  /** The version of PyTorch that runs. */
  public static String version() {
    return Engine.getEngine(NAME).getVersion();
  }

  /**
   * The GPU at an address that Spark granted.
   *
   * @throws IllegalStateException if PyTorch does not see it: the CPU is no silent substitute
   */
  static Device gpu(int address) {
    int seen = Engine.getEngine(NAME).getGpuCount();
    if (address >= seen) {
      throw new IllegalStateException(
          ("Cannot use GPU %d that Spark granted: PyTorch sees %d GPUs in this process (are the CUDA"
                  + " natives among the jars, and libcudart on LD_LIBRARY_PATH?)")
              .formatted(address, seen));
    }
    return Device.gpu(address);
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
