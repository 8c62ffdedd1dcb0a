package io.similitude.attack.unforeseen;

import io.similitude.attack.search.RandomSource;

/**
 * The shape of a snowflake: a line through the middle of 13 x 13 pixels, between 2 and 6 pixels to
 * each side along both axes, 1, 3 or 5 wide (6, 3 and 1 times in 10), slightly blurred.
 */
public final class Flake {
  static final int RADIUS = 6;
  static final int SIDE = 2 * RADIUS + 1;

  private static final int SHORTEST = 2;

  /** The brightness, SIDE x SIDE, row by row. */
  private final float[] shape;

  private Flake(float[] shape) {
    this.shape = shape;
  }

  public static Flake random(boolean fromLeft, RandomSource.Stream random) {
    int right = SHORTEST + random.below(RADIUS - SHORTEST + 1);
    int down = SHORTEST + random.below(RADIUS - SHORTEST + 1);
    double draw = random.uniform();
    int width = draw < 0.6 ? 1 : draw < 0.9 ? 3 : 5;
    double blur = random.uniform(0.41, 0.6);
    return new Flake(blurred(line(fromLeft ? right : -right, down, width), blur));
  }

  /**
   * The brightness of a flake at an offset from its middle. Both offsets are at most {@link
   * #RADIUS}.
   */
  public float at(int dy, int dx) {
    return shape[(dy + RADIUS) * SIDE + dx + RADIUS];
  }

  private static float[] line(int right, int down, int width) {
    float[] line = new float[SIDE * SIDE];
    boolean steep = down > Math.abs(right);
    int reach = steep ? down : Math.abs(right);
    double slope = (steep ? (double) right : down) / (steep ? down : right);
    // Along the other axis, a slanted line measures wider than it is.
    double half = width * Math.sqrt(1 + slope * slope) / 2;
    for (int along = -reach; along <= reach; along++) {
      for (int across = -RADIUS; across <= RADIUS; across++) {
        double cover = Math.min(1, half + 0.5 - Math.abs(across - slope * along));
        int y = steep ? along : across;
        int x = steep ? across : along;
        line[(y + RADIUS) * SIDE + x + RADIUS] = (float) Math.max(0, cover);
      }
    }
    return line;
  }

  private static float[] blurred(float[] line, double sigma) {
    double side = StrictMath.exp(-1 / (2 * sigma * sigma));
    double sum = (1 + 2 * side) * (1 + 2 * side);
    float[] weights = new float[9];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) ((i % 3 == 1 ? 1 : side) * (i / 3 == 1 ? 1 : side) / sum);
    }
    return new SquareFilter(3, weights).apply(line, SIDE, SIDE);
  }
}
