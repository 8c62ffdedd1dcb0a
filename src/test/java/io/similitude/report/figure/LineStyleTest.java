package io.similitude.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.analysis.Findings;
import io.similitude.analysis.MatchedCurve;
import io.similitude.analysis.MatchedLayers;
import io.similitude.report.Example;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class LineStyleTest {
  private static final int LINES = 20;

  @Test
  void linesDifferWithoutTheirColours() {
    Set<List<Object>> looks = new HashSet<>();
    for (int k = 0; k < LINES; k++) {
      LineStyle style = LineStyle.of(k);
      looks.add(List.of(style.dash(), style.marker()));
    }

    assertThat(looks).hasSize(LINES);
  }

  @Test
  void everyColourStandsOutFromThePage() {
    for (int k = 0; k < LINES; k++) {
      assertThat(contrastWithWhite(LineStyle.of(k))).isGreaterThan(2);
    }
  }

  @Test
  void aCheckpointLooksTheSameInEveryChart() {
    Findings findings = Example.findings(List.of(panel("linf", "a", "b"), panel("l2", "b", "c")));

    assertThat(LineStyle.ofCheckpoints(findings, List.of()))
        .containsExactly(
            Map.entry("a", LineStyle.of(0)),
            Map.entry("b", LineStyle.of(1)),
            Map.entry("c", LineStyle.of(2)));
  }

  @Test
  void aMarkerIsAClosedPathAroundItsPoint() {
    for (Marker marker : Marker.values()) {
      assertThat(marker.around(10, 20, 3).getBounds2D().contains(10, 20)).isTrue();
      assertThat(marker.around(10, 20, 3).getBounds2D().getWidth()).isBetween(5.0, 8.0);
    }
    assertThat(Marker.TRIANGLE.around(0, 0, 1).getBounds2D().getMinY())
        .as("points upwards, where y is less")
        .isLessThan(-1.3);
  }

  /** Relative luminance and contrast of WCAG 2. */
  private static double contrastWithWhite(LineStyle style) {
    double luminance =
        0.2126 * linear(style.colour().getRed())
            + 0.7152 * linear(style.colour().getGreen())
            + 0.0722 * linear(style.colour().getBlue());
    return 1.05 / (luminance + 0.05);
  }

  private static double linear(int channel) {
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
  }

  private static MatchedLayers panel(String view, String... checkpoints) {
    return new MatchedLayers(
        Example.CKA,
        "benign",
        view,
        Stream.of(checkpoints).map(id -> new MatchedCurve(id, List.of(), List.of())).toList());
  }
}
