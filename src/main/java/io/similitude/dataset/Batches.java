package io.similitude.dataset;

import io.similitude.input.InputException;
import io.similitude.spec.DatasetSpec;
import io.similitude.spec.ExampleOrder;
import io.similitude.spec.SweepSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Which examples are in a batch together: the minibatches of the estimator. They are equal for
 * every checkpoint.
 *
 * <p>The examples are the first of the file's order, or of a permutation of the whole data set by
 * the seed ({@link Permutation}). They are divided into batches of one size. The rest at the end is
 * a smaller batch if it has at least {@value #FEWEST} examples. A smaller rest is left out, because
 * the unbiased HSIC divides by n (n - 3).
 */
public final class Batches {
  /** The smallest batch on which the unbiased estimator exists. */
  public static final int FEWEST = SweepSpec.MIN_BATCH;

  private final List<long[]> batches;
  private final long[] rest;

  private Batches(List<long[]> batches, long... rest) {
    this.batches = List.copyOf(batches);
    this.rest = rest;
  }

  /**
   * Plans the batches of a data set.
   *
   * @param examples how many of the data set's examples are used; empty: all
   * @param batch examples in a batch, at least {@value #FEWEST}
   * @param seed of the shuffled order; not used in file order
   * @throws InputException if the data set has fewer examples than asked for, or than one batch
   */
  public static Batches plan(
      int datasetSize, OptionalInt examples, int batch, ExampleOrder order, long seed) {
    int used = examples.orElse(datasetSize);
    check(datasetSize, used, batch);
    long[] ids = Arrays.copyOf(order(order, datasetSize, seed), used);
    return cut(ids, batch);
  }

  /**
   * Plans the batches of the examples that a data set's description selects.
   *
   * @param size examples in the data set
   * @throws InputException as {@link #plan(int, OptionalInt, int, ExampleOrder, long)}
   */
  public static Batches plan(DatasetSpec dataset, int size, int batch, long seed) {
    return cut(used(dataset, size, seed), batch);
  }

  private static Batches cut(long[] ids, int batch) {
    int used = ids.length;
    checkBatch(used, batch);
    List<long[]> batches = new ArrayList<>();
    for (int from = 0; from + FEWEST <= used; from += batch) {
      batches.add(Arrays.copyOfRange(ids, from, Math.min(from + batch, used)));
    }
    int planned = batches.stream().mapToInt(taken -> taken.length).sum();
    return new Batches(batches, Arrays.copyOfRange(ids, planned, used));
  }

  /**
   * The examples that a data set's description selects, in order.
   *
   * @param size examples in the data set
   * @throws InputException when the data set has fewer
   */
  public static long[] used(DatasetSpec dataset, int size, long seed) {
    if (dataset.skip() >= size) {
      throw new InputException(
          "Cannot skip %d examples: the data set has %d (lower skip)"
              .formatted(dataset.skip(), size));
    }
    int used = dataset.examples().orElse(size - dataset.skip());
    checkUsed(size - dataset.skip(), used);
    return Arrays.copyOfRange(
        order(dataset.order(), size, seed), dataset.skip(), dataset.skip() + used);
  }

  private static void check(int datasetSize, int used, int batch) {
    checkUsed(datasetSize, used);
    checkBatch(used, batch);
  }

  private static void checkBatch(int used, int batch) {
    if (batch < FEWEST) {
      throw new InputException(
          "Invalid batch: %d (must be at least %d: the unbiased estimator divides by n (n - 3))"
              .formatted(batch, FEWEST));
    }
    if (batch > used) {
      throw new InputException(
          "Cannot fill a batch of %d: there are %d examples (lower batch or use more examples)"
              .formatted(batch, used));
    }
  }

  private static void checkUsed(int datasetSize, int used) {
    if (used > datasetSize) {
      throw new InputException(
          "Cannot take %d examples: the data set has %d (lower examples)"
              .formatted(used, datasetSize));
    }
  }

  private static long[] order(ExampleOrder order, int size, long seed) {
    return switch (order) {
      case FILE -> Permutation.identity(size);
      case SHUFFLED -> Permutation.shuffled(size, seed);
    };
  }

  /** The example ids of each batch, in order. Do not change the arrays. */
  public List<long[]> batches() {
    return batches;
  }

  /** The number of examples at the end that are in no batch: 0 to {@value #FEWEST} - 1. */
  public int leftOut() {
    return rest.length;
  }

  /**
   * The ids of the examples that are in no batch. Measures that use all examples together use these
   * too.
   */
  public long[] rest() {
    return rest.clone();
  }
}
