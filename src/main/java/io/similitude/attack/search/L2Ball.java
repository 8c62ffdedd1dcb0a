package io.similitude.attack.search;

/** (sum_i d_i^2)^(1/2) at most epsilon. The steepest step is the gradient at unit length. */
public record L2Ball(float epsilon) implements Ball {
  @Override
  public float[] project(float[] z) {
    double norm = norm(z);
    return norm > epsilon ? scale(z, epsilon / norm) : z;
  }

  /** A random point: n normal deviates give the direction, and u^(1/n) gives the length. */
  @Override
  public float[] random(int n, RandomSource.Stream random) {
    float[] z = new float[n];
    for (int i = 0; i < n; i++) {
      z[i] = (float) random.gaussian();
    }
    return scale(z, epsilon * StrictMath.pow(random.uniform(), 1.0 / n) / norm(z));
  }

  @Override
  public float[] direction(float[] gradient, float[] z, Box box) {
    double norm = norm(gradient);
    return norm > 0 ? scale(gradient.clone(), 1 / norm) : new float[gradient.length];
  }

  private static float[] scale(float[] z, double factor) {
    for (int i = 0; i < z.length; i++) {
      z[i] = (float) (z[i] * factor);
    }
    return z;
  }

  public static double norm(float[] z) {
    double sum = 0;
    for (float value : z) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }
}
