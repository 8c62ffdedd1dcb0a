package io.similitude.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.analysis.CheckpointView;
import io.similitude.analysis.Heatmap;
import io.similitude.analysis.MatchedLayers;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FigureNamesTest {
  @Test
  void namesAreUniqueEvenWhereCaseIsNotToldApart() {
    assertThat(names(map("a-b", "v", "c"), map("a", "b-v", "c"), map("A", "b-v", "c")))
        .containsExactly(
            "heatmap-a-b-v-vs-c-v", "heatmap-a-b-v-vs-c-v-2", "heatmap-A-b-v-vs-c-v-3");
  }

  @Test
  void namesAreSafeAndShortEnough() {
    String longest = "x".repeat(128);

    assertThat(names(map("../\u00e9 b", "v", "c"))).containsExactly("heatmap-..___b-v-vs-c-v");
    assertThat(names(map(longest, longest, longest), map(longest, longest, "y")))
        .doesNotHaveDuplicates()
        .allSatisfy(name -> assertThat(name).hasSizeLessThan(255));
  }

  @Test
  void curvesAreNamedByTheirView() {
    assertThat(
            FigureNames.of(
                List.of(),
                List.of(matched("linf"), matched("l2"), matched("linf")),
                List.of(),
                List.of(),
                List.of()))
        .extracting(FigureNames::matchedLayers)
        .isEqualTo(List.of("matched-layers-linf", "matched-layers-l2", "matched-layers-linf-2"));
  }

  private static List<String> names(Heatmap... heatmaps) {
    return FigureNames.of(List.of(heatmaps), List.of(), List.of(), List.of(), List.of()).heatmaps();
  }

  private static MatchedLayers matched(String view) {
    return new MatchedLayers(Example.CKA, "benign", view, List.of());
  }

  private static Heatmap map(String checkpoint, String view, String other) {
    return new Heatmap(
        Example.CKA,
        new CheckpointView(checkpoint, view),
        new CheckpointView(other, "v"),
        List.of(),
        List.of(),
        List.of());
  }
}
