package io.similitude.plan;

import io.similitude.dataset.Batches;
import io.similitude.spec.SweepSpec;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.store.Unit;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
   * The batches in order. If a measure is exact, the last examples that are too few for a full
   * batch form one more batch.
   *
   * @param example gives the id of the example at an index
   */
  static List<BatchPlan> of(SweepSpec spec, Batches batches, LongUnaryOperator example) {
    List<long[]> all = new ArrayList<>(batches.batches());
    if (batches.leftOut() > 0 && spec.similarities().stream().anyMatch(MeasureSpec::isExact)) {
      all.add(batches.rest());
    }
    return IntStream.range(0, all.size())
        .mapToObj(i -> new BatchPlan(i, Arrays.stream(all.get(i)).map(example).toArray()))
        .toList();
  }

  /**
   * Whether it has too few examples for an estimate of its own. Only exact measures use such a
   * batch.
   */
  public boolean isRest() {
    return examples.length < Batches.FEWEST;
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

  /**
   * A unit with the examples of its batch.
   *
   * @param unit checkpoint, view and batch, and what identifies them
   * @param batch the examples, shared by all units of the batch
   * @param crafting how they are perturbed; empty if they are shown unchanged
   */
  public record Planned(Unit unit, BatchPlan batch, Optional<Perturbing> crafting) {}
}
