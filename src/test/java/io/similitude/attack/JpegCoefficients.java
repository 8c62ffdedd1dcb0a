package io.similitude.attack;

import io.similitude.dataset.image.ImageShape;

/**
 * The quantised coefficients of a JPEG image before rounding, straight from their definition; for
 * an image, or for the change of one: they are linear.
 */
final class JpegCoefficients {
  private JpegCoefficients() {}

  /** All of them: the blocks of Y, then those of Cb and of Cr. */
  static float[] of(ImageShape shape, float[] image) {
    int plane = shape.height() * shape.width();
    float[] coefficients = new float[shape.channels() == 1 ? plane : plane + plane / 2];
    for (int i = 0; i < coefficients.length; i++) {
      coefficients[i] = (float) at(shape, image, i);
    }
    return coefficients;
  }

  /** One coefficient. */
  static double at(ImageShape shape, float[] image, int variable) {
    int plane = shape.height() * shape.width();
    int component = variable < plane ? 0 : variable < plane + plane / 4 ? 1 : 2;
    int zoom = component == 0 ? 1 : 2;
    int i = component == 0 ? variable : variable - plane - (component - 1) * plane / 4;
    int across = shape.width() / zoom / 8;
    int top = i / 64 / across * 8;
    int left = i / 64 % across * 8;
    int v = i % 64 / 8;
    int u = i % 8;
    double sum = 0;
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        sum +=
            component(shape, image, component, zoom, top + y, left + x)
                * Math.cos((2 * y + 1) * v * Math.PI / 16)
                * Math.cos((2 * x + 1) * u * Math.PI / 16);
      }
    }
    double scale = (u == 0 ? Math.sqrt(0.5) : 1) * (v == 0 ? Math.sqrt(0.5) : 1) / 4;
    return 255 * scale * sum / quantum(component, v, u);
  }

  private static double component(
      ImageShape shape, float[] image, int component, int zoom, int y, int x) {
    double[][] fromRgb = {
      {0.299, 0.587, 0.114}, {-0.168736, -0.331264, 0.5}, {0.5, -0.418688, -0.081312}
    };
    int plane = shape.height() * shape.width();
    double sum = 0;
    for (int channel = 0; channel < shape.channels(); channel++) {
      double weight = shape.channels() == 1 ? 1 : fromRgb[component][channel];
      for (int dy = 0; dy < zoom; dy++) {
        for (int dx = 0; dx < zoom; dx++) {
          int pixel = (y * zoom + dy) * shape.width() + x * zoom + dx;
          sum += weight * image[channel * plane + pixel] / (zoom * zoom);
        }
      }
    }
    return sum;
  }

  /** ITU-T T.81, tables K.1 and K.2. */
  private static int quantum(int component, int v, int u) {
    int[][] luminance = {
      {16, 11, 10, 16, 24, 40, 51, 61},
      {12, 12, 14, 19, 26, 58, 60, 55},
      {14, 13, 16, 24, 40, 57, 69, 56},
      {14, 17, 22, 29, 51, 87, 80, 62},
      {18, 22, 37, 56, 68, 109, 103, 77},
      {24, 35, 55, 64, 81, 104, 113, 92},
      {49, 64, 78, 87, 103, 121, 120, 101},
      {72, 92, 95, 98, 112, 100, 103, 99}
    };
    int[][] chrominance = {{17, 18, 24, 47}, {18, 21, 26, 66}, {24, 26, 56, 99}, {47, 66, 99, 99}};
    return component == 0 ? luminance[v][u] : v < 4 && u < 4 ? chrominance[v][u] : 99;
  }
}
