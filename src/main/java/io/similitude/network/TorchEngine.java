package io.similitude.network;

import ai.djl.Device;
import ai.djl.engine.Engine;

/**
 * PyTorch in this JVM: set up once, before its first use, with what only system properties can tell
 * it.
 */
public final class TorchEngine {
  private static final String NAME = "PyTorch";

  private TorchEngine() {}

  /**
   * Sets the threads of one forward pass; what was set first stays for the life of the JVM.
   *
   * @param threads CPU threads that one task may use, Spark's {@code spark.task.cpus}
   */
  public static void configure(int threads) {
    // A wrong version must be an error, not a download.
    setUnlessSet("ai.djl.offline", "true");
    setUnlessSet("ai.djl.pytorch.num_threads", Integer.toString(threads));
    setUnlessSet("ai.djl.pytorch.num_interop_threads", "1");
    // The optimizer re-specialises for every new shape, slowly, and changes the last digits.
    setUnlessSet("ai.djl.pytorch.graph_optimizer", "false");
    // DJL reports the use of its models unless asked not to.
    setUnlessSet("OPT_OUT_TRACKING", "true");
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
