package io.similitude.attack.unforeseen;

import io.similitude.attack.search.Ascent;
import io.similitude.attack.search.RandomSource;

/**
 * The ascent of the brightness of snowflakes. A step adds the sign of the gradient, clamps to
 * [1e-9, 1], and then reduces the mean to at most 0.2 in every region of 8 x 8 flakes of a kind. It
 * starts at exp(-u / 0.2), u uniform, whose mean is 0.2. The brightness 0 is excluded, because the
 * gradient is 0 there.
 */
public record Snowfall(int rows, int columns, double stepSize) implements Ascent {
  private static final double BUDGET = 0.2;
  private static final int REGION = 8;
  private static final float LEAST = 1e-9f;

  @Override
  public float[] start(RandomSource.Stream random) {
    float[] brightness = new float[SnowRendering.KINDS * rows * columns];
    for (int i = 0; i < brightness.length; i++) {
      brightness[i] = (float) StrictMath.exp(-random.uniform() / BUDGET);
    }
    return sparse(brightness);
  }

  @Override
  public float[] next(float[] brightness, double value, float[] gradient, int step) {
    float[] next = new float[brightness.length];
    for (int i = 0; i < next.length; i++) {
      double raised = brightness[i] + stepSize * Math.signum(gradient[i]);
      next[i] = (float) Math.min(1, Math.max(LEAST, raised));
    }
    return sparse(next);
  }

  private float[] sparse(float[] brightness) {
    for (int kind = 0; kind < SnowRendering.KINDS; kind++) {
      for (int top = 0; top < rows; top += REGION) {
        for (int left = 0; left < columns; left += REGION) {
          limit(brightness, kind, top, left);
        }
      }
    }
    return brightness;
  }

  private void limit(float[] brightness, int kind, int top, int left) {
    int bottom = Math.min(rows, top + REGION);
    int right = Math.min(columns, left + REGION);
    double sum = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        sum += brightness[(kind * rows + y) * columns + x];
      }
    }
    double most = BUDGET * (bottom - top) * (right - left);
    if (sum > most) {
      for (int y = top; y < bottom; y++) {
        for (int x = left; x < right; x++) {
          brightness[(kind * rows + y) * columns + x] *= (float) (most / sum);
        }
      }
    }
  }
}
