package io.similitude.extraction;

import io.similitude.network.NetworkCache;
import java.io.IOException;

/** The networks that this executor keeps loaded between its tasks. */
final class ExecutorNetworks {
  /**
   * The number of networks to keep: one to attack and one with taps, for the present checkpoint and
   * for its neighbour in the plan.
   */
  private static final int IDLE = 4;

  private static final NetworkCache CACHE = new NetworkCache(IDLE);

  private ExecutorNetworks() {}

  static NetworkCache.Lease lease(NetworkLoader loader) throws IOException {
    return CACHE.lease(loader.key(), loader);
  }
}
