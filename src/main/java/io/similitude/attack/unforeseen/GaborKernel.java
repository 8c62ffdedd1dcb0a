package io.similitude.attack.unforeseen;

import io.similitude.attack.search.RandomSource;

/**
 * A Gabor kernel of 23 x 23 for noise that looks similar along several directions: with (u, v) in
 * [-1/2, 1/2]^2 turned by theta + pi i / sides,
 *
 * <pre>
 *   k = sum_i exp(-(u_i^2 + v_i^2) / (2 (sigma + 0.001)^2)) cos(2 pi lambda u_i),   i = 0 .. sides - 1
 * </pre>
 *
 * <p>drawn with sides in 1 .. 10, sigma in [0.1, 0.4], lambda in [3, 5.75], theta in [0, pi], the
 * ranges of the code of Kang et al. (arXiv 1908.08016).
 */
public final class GaborKernel {
  private static final int SIDE = 23;
  private static final int MOST_SIDES = 10;

  private GaborKernel() {}

  public static SquareFilter random(RandomSource.Stream random) {
    int sides = 1 + random.below(MOST_SIDES);
    double sigma = random.uniform(0.1, 0.4) + 0.001;
    double lambda = random.uniform(3, SIDE / 4.0);
    double theta = random.uniform(0, Math.PI);
    float[] weights = new float[SIDE * SIDE];
    for (int i = 0; i < weights.length; i++) {
      double x = at(i % SIDE);
      double y = at(i / SIDE);
      double waves = 0;
      for (int side = 0; side < sides; side++) {
        double angle = theta + Math.PI * side / sides;
        double u = x * StrictMath.cos(angle) + y * StrictMath.sin(angle);
        waves += StrictMath.cos(2 * Math.PI * lambda * u);
      }
      weights[i] = (float) (StrictMath.exp(-(x * x + y * y) / (2 * sigma * sigma)) * waves);
    }
    return new SquareFilter(SIDE, weights);
  }

  /** The position of a row or column in [-1/2, 1/2]. */
  private static double at(int index) {
    return index / (SIDE - 1.0) - 0.5;
  }
}
