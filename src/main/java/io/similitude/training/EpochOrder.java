package io.similitude.training;

import io.similitude.attack.search.RandomSource;

/** The order in which an epoch uses the examples. It depends only on the seed and the epoch. */
final class EpochOrder {
  private EpochOrder() {}

  /** Returns the same ids in another order (Fisher and Yates). */
  static long[] of(long[] ids, long seed, int epoch) {
    RandomSource.Stream random =
        RandomSource.named(seed, "order", Integer.toString(epoch)).example(0);
    long[] order = ids.clone();
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.below(i + 1);
      long swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }
}
