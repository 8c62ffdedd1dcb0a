package io.similitude.dataset;

import static io.similitude.spec.ExampleOrder.FILE;
import static io.similitude.spec.ExampleOrder.SHUFFLED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.input.InputException;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class BatchesTest {
  private static final OptionalInt ALL = OptionalInt.empty();

  @Test
  void cutsTheFileInOrder() {
    Batches plan = Batches.plan(10, OptionalInt.of(8), 4, FILE, 0);
    assertThat(plan.batches()).containsExactly(new long[] {0, 1, 2, 3}, new long[] {4, 5, 6, 7});
    assertThat(plan.leftOut()).isZero();
  }

  @Test
  void aRestOfFourIsABatch() {
    Batches plan = Batches.plan(10, ALL, 6, FILE, 0);
    assertThat(plan.batches())
        .containsExactly(new long[] {0, 1, 2, 3, 4, 5}, new long[] {6, 7, 8, 9});
    assertThat(plan.leftOut()).isZero();
  }

  @Test
  void aRestOfThreeIsLeftOut() {
    Batches plan = Batches.plan(10, ALL, 7, FILE, 0);
    assertThat(plan.batches()).containsExactly(new long[] {0, 1, 2, 3, 4, 5, 6});
    assertThat(plan.leftOut()).isEqualTo(3);
  }

  /** The same recipe written in Python: this order may never change. */
  @Test
  void theShuffledOrderIsFixedByTheSeed() {
    assertThat(Permutation.shuffled(10, 0)).containsExactly(8, 0, 2, 5, 9, 3, 1, 4, 7, 6);
    assertThat(Permutation.shuffled(10, -1)).containsExactly(7, 4, 1, 0, 9, 8, 2, 6, 5, 3);
    assertThat(Permutation.shuffled(1000, 42)).startsWith(497, 609, 58, 484, 67);
  }

  @Test
  void fewerExamplesAreTheFirstOfTheSameOrder() {
    Batches plan = Batches.plan(10, OptionalInt.of(5), 5, SHUFFLED, 0);
    assertThat(plan.batches()).containsExactly(new long[] {8, 0, 2, 5, 9});
  }

  @Test
  void aBatchOfThreeIsRefused() {
    assertFails(
        100,
        ALL,
        3,
        "Invalid batch: 3 (must be at least 4: the unbiased estimator divides by n (n - 3))");
  }

  @Test
  void aBatchLargerThanTheDataIsRefused() {
    assertFails(
        300,
        ALL,
        512,
        "Cannot fill a batch of 512: there are 300 examples (lower batch or use more examples)");
    assertFails(
        300,
        OptionalInt.of(100),
        101,
        "Cannot fill a batch of 101: there are 100 examples (lower batch or use more examples)");
  }

  @Test
  void moreExamplesThanThereAreAreRefused() {
    assertFails(
        2000,
        OptionalInt.of(5000),
        250,
        "Cannot take 5000 examples: the data set has 2000 (lower examples)");
  }

  private static void assertFails(int size, OptionalInt examples, int batch, String message) {
    assertThatThrownBy(() -> Batches.plan(size, examples, batch, FILE, 0))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }
}
