package io.similitude.attack.search;

/** max_i |d_i| at most epsilon. The steepest step is the gradient's sign. */
public record LinfBall(float epsilon) implements Ball {
  @Override
  public float[] project(float[] z) {
    for (int i = 0; i < z.length; i++) {
      z[i] = Math.min(epsilon, Math.max(-epsilon, z[i]));
    }
    return z;
  }

  @Override
  public float[] random(int n, RandomSource.Stream random) {
    float[] z = new float[n];
    for (int i = 0; i < n; i++) {
      z[i] = (float) random.uniform(-epsilon, epsilon);
    }
    return z;
  }

  @Override
  public float[] direction(float[] gradient, float[] z, Box box) {
    float[] direction = new float[gradient.length];
    for (int i = 0; i < direction.length; i++) {
      direction[i] = Math.signum(gradient[i]);
    }
    return direction;
  }
}
