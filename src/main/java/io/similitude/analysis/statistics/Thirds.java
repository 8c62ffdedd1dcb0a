package io.similitude.analysis.statistics;

import java.util.Arrays;

/** Means of numbers of layers over thirds of the depth. */
public final class Thirds {
  private Thirds() {}

  public static double early(double[] byLayer) {
    return mean(byLayer, 0, byLayer.length / 3);
  }

  public static double middle(double[] byLayer) {
    return mean(byLayer, byLayer.length / 3, byLayer.length - byLayer.length / 3);
  }

  public static double deep(double[] byLayer) {
    return mean(byLayer, byLayer.length - byLayer.length / 3, byLayer.length);
  }

  private static double mean(double[] byLayer, int from, int to) {
    return Arrays.stream(byLayer, from, to).sum() / (to - from);
  }
}
