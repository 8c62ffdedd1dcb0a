package io.similitude.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class VectorMemoryTest {
  /** What other tests left. */
  @BeforeEach
  void takeAllThatIsFree() {
    while (VectorMemory.take(1).capacity() > 1) {
      // Another one may be free.
    }
  }

  @Test
  void theSmallestThatFitsIsTakenAgain() {
    ByteBuffer small = VectorMemory.take(100);
    ByteBuffer large = VectorMemory.take(300);
    ByteBuffer middle = VectorMemory.take(200);
    VectorMemory.giveBack(large);
    VectorMemory.giveBack(small);
    VectorMemory.giveBack(middle);

    assertThat(VectorMemory.take(150)).isSameAs(middle);
    assertThat(VectorMemory.take(150)).isSameAs(large);
    assertThat(VectorMemory.take(100)).isSameAs(small);
  }

  @Test
  void memoryThatIsTooSmallIsGivenUpForNewMemory() {
    ByteBuffer small = VectorMemory.take(100);
    VectorMemory.giveBack(small);

    assertThat(VectorMemory.take(200).capacity()).isEqualTo(200);
    assertThat(VectorMemory.take(50).capacity()).isEqualTo(50);
  }
}
