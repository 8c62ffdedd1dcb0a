package io.similitude.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import org.junit.jupiter.api.Test;

final class ColourMapTest {
  private static final int LAST = ColourMap.SIZE - 1;

  @Test
  void lightnessRisesAllTheWay() {
    for (int k = 1; k <= LAST; k++) {
      assertThat(lab(k)[0]).isGreaterThan(lab(k - 1)[0]);
    }
    assertThat(lab(LAST)[0] - lab(0)[0]).isGreaterThan(0.7);
  }

  @Test
  void equalDifferencesLookEqual() {
    int step = 15;
    double whole = 0;
    int steps = 0;
    for (int k = step; k <= LAST; k += step) {
      whole += distance(lab(k - step), lab(k));
      steps++;
    }
    double mean = whole / steps;
    for (int k = step; k <= LAST; k += step) {
      // Straight between anchors; a step across one cuts its corner, eight bits round the rest.
      assertThat(distance(lab(k - step), lab(k))).isBetween(0.88 * mean, 1.08 * mean);
    }
  }

  @Test
  void outsideTheScaleAreTheColoursOfItsEnds() {
    assertThat(ColourMap.of(-0.3)).isEqualTo(ColourMap.of(0));
    assertThat(ColourMap.of(1.2)).isEqualTo(ColourMap.of(1));
  }

  /** sRGB to OKLab, the inverse way, with the matrices that Ottosson gives for it. */
  private static double[] lab(int k) {
    Color colour = ColourMap.of(k / (double) LAST);
    double r = linear(colour.getRed());
    double g = linear(colour.getGreen());
    double b = linear(colour.getBlue());
    double l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    double m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    double s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return new double[] {
      0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
    };
  }

  private static double linear(int channel) {
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
  }

  private static double distance(double[] a, double[] b) {
    return Math.hypot(Math.hypot(a[0] - b[0], a[1] - b[1]), a[2] - b[2]);
  }
}
