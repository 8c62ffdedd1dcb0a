package io.similitude.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.plan.FindingPairs;
import io.similitude.plan.SiteBlock;
import io.similitude.plan.StoredLayer;
import io.similitude.spec.Comparison;
import io.similitude.store.Unit;
import io.similitude.store.row.Table;
import io.similitude.store.row.UnitKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which pairs there are, and in which order. */
final class WantedPairsTest {
  private static final int LAYERS = 3;

  @Test
  void aGroupWithItselfHasThePairsInOrder() {
    assertThat(pairs(Comparison.ALL, group("a"), group("a")))
        .containsExactly("00", "01", "02", "11", "12", "22");
  }

  @Test
  void onlyWantedPairsOfTwoGroupsCount() {
    assertThat(pairs(Comparison.SAME_LAYER, group("a"), group("b")))
        .containsExactly("00", "11", "22");
    assertThat(pairs(Comparison.WITHIN_CHECKPOINT, group("a"), group("b"))).isEmpty();
    assertThat(pairs(Comparison.ALL, group("a"), group("b"))).hasSize(LAYERS * LAYERS);
  }

  private static List<String> pairs(Comparison compare, SiteGroup rows, SiteGroup columns) {
    List<String> pairs = new ArrayList<>();
    new WantedPairs(compare, FindingPairs.NONE, rows, columns)
        .forEach((i, j) -> pairs.add("" + i + j));
    return pairs;
  }

  private static SiteGroup group(String checkpoint) {
    List<StoredLayer> layers =
        IntStream.range(0, LAYERS).mapToObj(i -> new StoredLayer(i, "layer" + i, 1)).toList();
    Unit unit =
        new Unit(new UnitKey(checkpoint, "benign", 0), "0123456789abcdef", Set.of(Table.GRAMS));
    return new SiteGroup(
        List.of(SiteBlock.of(checkpoint, "benign", layers, List.of(unit), Set.of())));
  }
}
