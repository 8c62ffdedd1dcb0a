package io.similitude.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.spec.ExampleOrder;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class BatchesPropertyTest {
  @Property
  void everyExampleIsInOneBatchOrLeftOut(
      @ForAll @IntRange(min = 4, max = 300) int size,
      @ForAll @IntRange(min = 4, max = 300) int wanted,
      @ForAll ExampleOrder order,
      @ForAll long seed) {
    int batch = Math.min(size, wanted);
    Batches plan = Batches.plan(size, OptionalInt.empty(), batch, order, seed);
    long[] ids = plan.batches().stream().flatMapToLong(Arrays::stream).toArray();
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(Arrays.stream(ids)).allMatch(id -> id >= 0 && id < size);
    assertThat(ids.length + plan.leftOut()).isEqualTo(size);
    assertThat(plan.leftOut()).isBetween(0, 3);
    assertThat(plan.batches()).allMatch(taken -> taken.length >= 4 && taken.length <= batch);
  }

  @Property
  void aShuffledOrderIsAPermutation(@ForAll @IntRange(max = 500) int size, @ForAll long seed) {
    long[] shuffled = Permutation.shuffled(size, seed);
    Arrays.sort(shuffled);
    assertThat(shuffled).containsExactly(LongStream.range(0, size).toArray());
  }
}
