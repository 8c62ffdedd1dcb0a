package io.similitude.plan;

import io.similitude.dataset.Batches;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;

/** A batch: its examples' ids, in order. */
public final class BatchPlan implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int index;
  private final long[] examples;

  public BatchPlan(int index, long[] examples) {
    this.index = index;
    this.examples = examples.clone();
  }

  /**
   * The batches in order.
   *
   * @param example the id of the example at a place
   */
  static List<BatchPlan> of(Batches batches, LongUnaryOperator example) {
    return IntStream.range(0, batches.batches().size())
        .mapToObj(
            i -> new BatchPlan(i, Arrays.stream(batches.batches().get(i)).map(example).toArray()))
        .toList();
  }

  public int index() {
    return index;
  }

  public long[] examples() {
    return examples.clone();
  }

  public int count() {
    return examples.length;
  }
}
