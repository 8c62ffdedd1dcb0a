package io.similitude.job;

import io.similitude.network.NetworkCache;
import java.io.IOException;

/** The networks that this executor keeps loaded between its tasks. */
final class ExecutorNetworks {
  /** One idle network for the checkpoint at hand, one for its neighbour in the plan. */
  private static final int IDLE = 2;

  private static final NetworkCache CACHE = new NetworkCache(IDLE);

  private ExecutorNetworks() {}

  static NetworkCache.Lease lease(NetworkLoader loader) throws IOException {
    return CACHE.lease(loader.key(), loader);
  }
}
