package io.similitude.dataset.transform;

/**
 * The weights that resample one axis from {@code in} to {@code out} positions with a triangle.
 *
 * <p>With the scale s = in / out, output i is centred at c = s (i + 1/2) of the input. Input j has
 * the weight max(0, 1 - |j + 1/2 - c| / r) with the radius r = max(s, 1), divided by the sum of
 * these. If an image shrinks, the triangle grows, so that no input is skipped. Weights and sums are
 * float64. The stored result is float32.
 *
 * <p>Source: PyTorch 1.13, aten/src/ATen/native/cpu/UpSampleKernel.cpp, {@code
 * HelperInterpBase::_compute_indices_weights_aa}, after Pillow's Resample.c.
 */
final class AxisFilter {
  private final int[] first;
  private final double[][] weights;

  AxisFilter(int in, int out) {
    first = new int[out];
    weights = new double[out][];
    double scale = (double) in / out;
    double radius = Math.max(scale, 1);
    for (int i = 0; i < out; i++) {
      double center = scale * (i + 0.5);
      first[i] = Math.max((int) (center - radius + 0.5), 0);
      int end = Math.min((int) (center + radius + 0.5), in);
      weights[i] = triangle(first[i] + 0.5 - center, radius, end - first[i]);
    }
  }

  private static double[] triangle(double offset, double radius, int count) {
    double[] weights = new double[count];
    double sum = 0;
    for (int j = 0; j < count; j++) {
      weights[j] = Math.max(0, 1 - Math.abs(j + offset) / radius);
      sum += weights[j];
    }
    for (int j = 0; j < count; j++) {
      weights[j] /= sum;
    }
    return weights;
  }

  /** Output {@code i}, computed from the values at {@code start}, {@code start + step}, ... */
  float at(int i, float[] values, int start, int step) {
    double sum = 0;
    double[] w = weights[i];
    for (int j = 0; j < w.length; j++) {
      sum += w[j] * values[start + (first[i] + j) * step];
    }
    return (float) sum;
  }
}
