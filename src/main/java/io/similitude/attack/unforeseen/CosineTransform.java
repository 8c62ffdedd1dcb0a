package io.similitude.attack.unforeseen;

/** The orthonormal discrete cosine transform (type II) of 8 x 8 blocks, and its inverse. */
final class CosineTransform {
  static final int SIDE = 8;
  static final int BLOCK = SIDE * SIDE;

  /** The entry [u][x] is the wave of frequency u at x. */
  private static final double[][] WAVES = waves();

  private CosineTransform() {}

  /** The frequencies F_uv = sum_xy W_ux W_vy f_xy. */
  static double[] forward(double[] values) {
    double[] frequencies = new double[BLOCK];
    double[] half = new double[BLOCK];
    for (int u = 0; u < SIDE; u++) {
      for (int x = 0; x < SIDE; x++) {
        for (int y = 0; y < SIDE; y++) {
          half[u * SIDE + y] += WAVES[u][x] * values[x * SIDE + y];
        }
      }
    }
    for (int u = 0; u < SIDE; u++) {
      for (int v = 0; v < SIDE; v++) {
        for (int y = 0; y < SIDE; y++) {
          frequencies[u * SIDE + v] += WAVES[v][y] * half[u * SIDE + y];
        }
      }
    }
    return frequencies;
  }

  /** The values f_xy = sum_uv W_ux W_vy F_uv. */
  static double[] inverse(double[] frequencies) {
    double[] values = new double[BLOCK];
    double[] half = new double[BLOCK];
    for (int u = 0; u < SIDE; u++) {
      for (int x = 0; x < SIDE; x++) {
        for (int v = 0; v < SIDE; v++) {
          half[x * SIDE + v] += WAVES[u][x] * frequencies[u * SIDE + v];
        }
      }
    }
    for (int x = 0; x < SIDE; x++) {
      for (int v = 0; v < SIDE; v++) {
        for (int y = 0; y < SIDE; y++) {
          values[x * SIDE + y] += WAVES[v][y] * half[x * SIDE + v];
        }
      }
    }
    return values;
  }

  private static double[][] waves() {
    double[][] waves = new double[SIDE][SIDE];
    for (int u = 0; u < SIDE; u++) {
      for (int x = 0; x < SIDE; x++) {
        double scale = Math.sqrt((u == 0 ? 1.0 : 2.0) / SIDE);
        waves[u][x] = scale * Math.cos((2 * x + 1) * u * Math.PI / (2 * SIDE));
      }
    }
    return waves;
  }
}
