package io.similitude.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.analysis.CheckpointView;
import io.similitude.analysis.Heatmap;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ImageNamesTest {
  @Test
  void namesAreUniqueEvenWhereCaseIsNotToldApart() {
    assertThat(
            ImageNames.of(
                List.of(map("a-b", "v", "c"), map("a", "b-v", "c"), map("A", "b-v", "c"))))
        .containsExactly(
            "heatmap-a-b-v-vs-c-v.png", "heatmap-a-b-v-vs-c-v-2.png", "heatmap-A-b-v-vs-c-v-3.png");
  }

  @Test
  void namesAreSafeAndShortEnough() {
    String longest = "x".repeat(128);

    assertThat(ImageNames.of(List.of(map("../\u00e9 b", "v", "c"))))
        .containsExactly("heatmap-..___b-v-vs-c-v.png");
    assertThat(ImageNames.of(List.of(map(longest, longest, longest), map(longest, longest, "y"))))
        .doesNotHaveDuplicates()
        .allSatisfy(name -> assertThat(name).hasSizeLessThan(255));
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
