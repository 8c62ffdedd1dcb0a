package io.similitude.extraction;

import io.similitude.network.NetworkCache;
import java.io.IOException;

/** The networks that this executor keeps loaded between its tasks. */
final class ExecutorNetworks {
  /**
   * For the checkpoint at hand and its neighbour in the plan, one to attack and one with taps each.
   */
  private static final int IDLE = 4;

  private static final NetworkCache CACHE = new NetworkCache(IDLE);

  private ExecutorNetworks() {}

  static NetworkCache.Lease lease(NetworkLoader loader) throws IOException {
    return CACHE.lease(loader.key(), loader);
  }
}
