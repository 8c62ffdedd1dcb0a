package io.similitude.network;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Optional;

/**
 * PyTorch in this JVM. It is configured once before its first use, with settings that only system
 * properties can pass to it. After that it is prepared in each thread that uses it.
 */
public final class TorchEngine {
  private static final String NAME = "PyTorch";
  private static final String THREADS = "ai.djl.pytorch.num_threads";
  private static final String OPTIMIZER = "ai.djl.pytorch.graph_optimizer";

  /** Whether this thread has the settings of the engine. */
  private static final ThreadLocal<Boolean> PREPARED = ThreadLocal.withInitial(() -> false);

  private TorchEngine() {}

  /**
   * Sets the number of threads of one forward pass. The first setting stays for the life of the
   * JVM.
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
   * Applies the configuration to the calling thread. From the second call on it is cheap. Call it
   * after {@link #configure} and before any work on a thread. OpenMP's number of threads and the
   * optimizer's switch belong to each thread. A new thread would compute its first convolutions
   * with as many threads as the machine has cores, and this can change the last digits.
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

  /** The running version of PyTorch. */
  public static String version() {
    return Engine.getEngine(NAME).getVersion();
  }

  /**
   * The device for a task. The calling thread is prepared.
   *
   * @param gpu the address of the GPU that Spark assigned; empty for the CPU
   * @throws IllegalStateException if PyTorch does not see the GPU
   */
  public static Device device(Optional<Integer> gpu) {
    prepareThread();
    return gpu.map(TorchEngine::gpu).orElse(Device.cpu());
  }

  /**
   * The GPU at an address that Spark assigned.
   *
   * @throws IllegalStateException if PyTorch does not see the GPU; the CPU is not used silently
   *     instead
   */
  private static Device gpu(int address) {
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
