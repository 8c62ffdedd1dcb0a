package io.similitude.network;

import java.io.Serializable;

/** Who runs native code that may take its process with it, or never end. */
public interface NativeCalls {
  /** Runs it here and now. */
  NativeCalls HERE =
      new NativeCalls() {
        @Override
        public <T extends Serializable> T call(Work<T> work) throws Exception {
          return work.run();
        }
      };

  /**
   * Runs some work and gives its result.
   *
   * @throws io.similitude.input.InputException if the work takes its process with it, or takes too
   *     long
   */
  <T extends Serializable> T call(Work<T> work) throws Exception;

  /** Work that can travel to another process. */
  @FunctionalInterface
  interface Work<T extends Serializable> extends Serializable {
    T run() throws Exception;
  }
}
