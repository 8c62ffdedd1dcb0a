package io.similitude.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.comparison.WantedStrips.Strip;
import io.similitude.similarity.measure.PairSums;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class WantedStripsTest {
  @Test
  void aRectangleIsOneStripAndAGroupAboutHalf() {
    assertThat(WantedStrips.of(70, 50, (i, j) -> true)).containsExactly(new Strip(0, 70, 0, 50));
    assertThat(WantedStrips.of(70, 70, (i, j) -> j > i))
        .containsExactly(
            new Strip(0, 32, 0, 70), new Strip(32, 64, 32, 70), new Strip(64, 70, 64, 70));
  }

  @Test
  void blocksWithoutAWantedPairAreLeftOut() {
    assertThat(WantedStrips.of(100, 100, (i, j) -> false)).isEmpty();
    assertThat(WantedStrips.of(65, 100, (i, j) -> i == 64 && (j == 3 || j == 99)))
        .containsExactly(new Strip(64, 65, 0, 32), new Strip(64, 65, 96, 100));
  }

  @Property(tries = 50)
  void coverEachWantedPairOnce(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 100) int rows,
      @ForAll @IntRange(min = 1, max = 100) int columns,
      @ForAll @IntRange(max = 3000) int rarity) {
    PairSums.Pairs wanted =
        (i, j) -> new Random(seed + 31L * i + 1009L * j).nextInt(rarity + 1) == 0;
    List<Strip> strips = WantedStrips.of(rows, columns, wanted);

    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        int row = i;
        int column = j;
        long covered =
            strips.stream()
                .filter(it -> it.top() <= row && row < it.bottom())
                .filter(it -> it.left() <= column && column < it.right())
                .count();
        assertThat(covered).isBetween(wanted.wants(i, j) ? 1L : 0L, 1L);
      }
    }
  }
}
