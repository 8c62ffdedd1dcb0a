package io.similitude.report.figure;

import java.awt.Color;
import java.util.Arrays;

/**
 * The colours of a scale from 0 (not similar) to 1 (similar): dark violet through blue and green to
 * pale yellow.
 *
 * <p>Lightness always increases, so the scale also works with colour blindness and in
 * black-and-white print. Equal differences in similarity are equal distances in the OKLab space of
 * B. Ottosson (2020), so the eye sees the same steps as in the numbers. Light means similar, as in
 * most papers. The eye also distinguishes light colours best, and most similarities are high. There
 * are 255 colours along straight lines between the anchors below. The anchors were chosen by taste.
 */
final class ColourMap {
  /** The number of colours. One byte can hold all colours and one code for no colour. */
  static final int SIZE = 255;

  /** OKLab lightness, chroma, hue in degrees. */
  private static final double[][] ANCHORS = {
    {0.21, 0.070, 300},
    {0.34, 0.105, 278},
    {0.48, 0.105, 250},
    {0.63, 0.100, 205},
    {0.77, 0.115, 155},
    {0.88, 0.125, 118},
    {0.96, 0.095, 102}
  };

  private static final Color[] COLOURS = colours();

  private ColourMap() {}

  /** The colour for a share of the scale. Below 0 and above 1 it is the colour of 0 and 1. */
  static Color of(double value) {
    return COLOURS[(int) Math.round(Math.max(0, Math.min(1, value)) * (SIZE - 1))];
  }

  private static Color[] colours() {
    double[][] anchors = Arrays.stream(ANCHORS).map(ColourMap::lab).toArray(double[][]::new);
    double[] lengths = new double[anchors.length];
    for (int k = 1; k < anchors.length; k++) {
      lengths[k] = lengths[k - 1] + distance(anchors[k - 1], anchors[k]);
    }
    double step = lengths[lengths.length - 1] / (SIZE - 1);
    Color[] colours = new Color[SIZE];
    Arrays.setAll(colours, i -> srgb(along(anchors, lengths, i * step)));
    return colours;
  }

  private static double[] along(double[][] anchors, double[] lengths, double length) {
    int k = 1;
    while (k < anchors.length - 1 && lengths[k] < length) {
      k++;
    }
    double t = (length - lengths[k - 1]) / (lengths[k] - lengths[k - 1]);
    double[] from = anchors[k - 1];
    double[] to = anchors[k];
    double[] lab = new double[from.length];
    Arrays.setAll(lab, i -> from[i] + t * (to[i] - from[i]));
    return lab;
  }

  private static double[] lab(double[] anchor) {
    double hue = Math.toRadians(anchor[2]);
    return new double[] {anchor[0], anchor[1] * Math.cos(hue), anchor[1] * Math.sin(hue)};
  }

  private static double distance(double[] a, double[] b) {
    return Math.hypot(Math.hypot(a[0] - b[0], a[1] - b[1]), a[2] - b[2]);
  }

  /** Applies Ottosson's matrices, then the transfer function of sRGB (IEC 61966-2-1). */
  private static Color srgb(double[] lab) {
    double l = cube(lab[0] + 0.3963377774 * lab[1] + 0.2158037573 * lab[2]);
    double m = cube(lab[0] - 0.1055613458 * lab[1] - 0.0638541728 * lab[2]);
    double s = cube(lab[0] - 0.0894841775 * lab[1] - 1.2914855480 * lab[2]);
    return new Color(
        channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
        channel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
        channel(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s));
  }

  private static double cube(double x) {
    return x * x * x;
  }

  private static float channel(double linear) {
    double encoded =
        linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
    return (float) Math.max(0, Math.min(1, encoded));
  }
}
