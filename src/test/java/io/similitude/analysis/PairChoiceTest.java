package io.similitude.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.spec.ReportSpec;
import io.similitude.spec.ReportSpec.PairKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PairChoiceTest {
  private static final List<String> VIEWS = List.of("benign", "linf", "l2", "noise");
  private static final Set<String> PERTURBED = Set.of("linf", "l2", "noise");

  /** Eight checkpoints under four views. */
  private static final List<CheckpointView> ORDER =
      IntStream.range(0, 8)
          .boxed()
          .flatMap(k -> VIEWS.stream().map(view -> new CheckpointView("c" + k, view)))
          .toList();

  @Test
  void ofEightCheckpointsUnderFourViewsEveryKindHasItsShare() {
    Map<PairKind, Integer> counts = counts(choice(ReportSpec.DEFAULT.pairs(), Set.of(), 100));

    assertThat(counts.get(PairKind.ITSELF)).isBetween(24, 32);
    assertThat(counts.get(PairKind.BENIGN_PERTURBED)).isEqualTo(24);
    assertThat(counts.get(PairKind.SAME_VIEW)).isBetween(24, 32);
    assertThat(counts.values().stream().mapToInt(it -> it).sum()).isEqualTo(100);
  }

  @Test
  void onlyWantedKindsAreChosen() {
    Map<PairKind, Integer> counts = counts(choice(List.of(PairKind.SAME_VIEW), Set.of(), 1000));

    assertThat(counts).containsOnlyKeys(PairKind.SAME_VIEW);
    assertThat(counts.get(PairKind.SAME_VIEW)).isEqualTo(4 * 8 * 7 / 2);
  }

  @Test
  void pairsWithTheReferenceComeFirst() {
    PairChoice choice = choice(List.of(PairKind.SAME_VIEW), Set.of("c7"), 28);

    assertThat(pairs(choice))
        .hasSize(28)
        .allMatch(pair -> pair.stream().anyMatch(side -> side.checkpoint().equals("c7")));
  }

  @Test
  void closerPairsComeFirst() {
    PairChoice choice = choice(List.of(PairKind.SAME_VIEW), Set.of(), 100);

    assertThat(choice.rank(ORDER.get(0), ORDER.get(4)))
        .isLessThan(choice.rank(ORDER.get(0), ORDER.get(8)));
    assertThat(choice.rank(ORDER.get(4), ORDER.get(0))).as("either side may come first").isZero();
  }

  @Test
  void withinCheckpointsNoPairCrosses() {
    PairChoice choice =
        new PairChoice(ORDER, PERTURBED, ReportSpec.DEFAULT.pairs(), Set.of(), true, 1000);

    assertThat(pairs(choice))
        .hasSize(8 * 10)
        .allMatch(pair -> pair.get(0).checkpoint().equals(pair.get(1).checkpoint()));
  }

  private static PairChoice choice(List<PairKind> kinds, Set<String> references, int most) {
    return new PairChoice(ORDER, PERTURBED, kinds, references, false, most);
  }

  private static List<List<CheckpointView>> pairs(PairChoice choice) {
    List<List<CheckpointView>> pairs = new ArrayList<>();
    for (int i = 0; i < ORDER.size(); i++) {
      for (int j = i; j < ORDER.size(); j++) {
        if (choice.isChosen(ORDER.get(i), ORDER.get(j))) {
          pairs.add(List.of(ORDER.get(i), ORDER.get(j)));
        }
      }
    }
    return pairs;
  }

  private static Map<PairKind, Integer> counts(PairChoice choice) {
    Map<PairKind, Integer> counts = new EnumMap<>(PairKind.class);
    pairs(choice).forEach(pair -> counts.merge(kind(pair.get(0), pair.get(1)), 1, Integer::sum));
    return counts;
  }

  private static PairKind kind(CheckpointView a, CheckpointView b) {
    boolean isOne = a.checkpoint().equals(b.checkpoint());
    boolean isSame = a.view().equals(b.view());
    if (isOne && isSame) {
      return PairKind.ITSELF;
    }
    if (isSame) {
      return PairKind.SAME_VIEW;
    }
    boolean hasBenign = Stream.of(a, b).anyMatch(it -> it.view().equals("benign"));
    return isOne && hasBenign ? PairKind.BENIGN_PERTURBED : PairKind.OTHER;
  }
}
