package io.similitude.attack.unforeseen;

/**
 * A square filter of odd side on planes of height x width, 0 outside: out(p) = sum_d k(d) in(p +
 * d).
 */
public final class SquareFilter {
  private final int radius;
  private final float[] weights;

  /** Uses the weights without a copy, side x side, row by row. */
  public SquareFilter(int side, float[] weights) {
    if (side % 2 != 1 || weights.length != side * side) {
      throw new IllegalArgumentException("Invalid kernel: " + weights.length + " of side " + side);
    }
    this.radius = side / 2;
    this.weights = weights;
  }

  /** The filtered plane. */
  public float[] apply(float[] plane, int height, int width) {
    return filter(plane, height, width, 1);
  }

  /** The transpose of {@link #apply}: the filter turned by 180 degrees. */
  public float[] transposed(float[] plane, int height, int width) {
    return filter(plane, height, width, -1);
  }

  private float[] filter(float[] plane, int height, int width, int sign) {
    float[] out = new float[plane.length];
    for (int dy = -radius; dy <= radius; dy++) {
      for (int dx = -radius; dx <= radius; dx++) {
        float weight = weights[(dy + radius) * (2 * radius + 1) + dx + radius];
        if (weight != 0) {
          add(weight, plane, out, height, width, sign * dy, sign * dx);
        }
      }
    }
    return out;
  }

  /** Computes out(p) += weight in(p + d) for all p. */
  private static void add(
      float weight, float[] in, float[] out, int height, int width, int dy, int dx) {
    int firstX = Math.max(0, -dx);
    int endX = Math.min(width, width - dx);
    for (int y = Math.max(0, -dy); y < Math.min(height, height - dy); y++) {
      int to = y * width;
      int from = (y + dy) * width + dx;
      for (int x = firstX; x < endX; x++) {
        out[to + x] += weight * in[from + x];
      }
    }
  }
}
