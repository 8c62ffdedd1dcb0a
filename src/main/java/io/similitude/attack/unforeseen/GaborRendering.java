package io.similitude.attack.unforeseen;

import io.similitude.attack.search.Rendering;
import io.similitude.dataset.image.ImageShape;

/**
 * Adds Gabor noise to every channel: x + epsilon n, in [0, 1]. With g the filtered mask, c = g -
 * mean(g) and m = 0.001,
 *
 * <pre>
 *   h = mean(g) + c (1 + m) / (m + |c| / max |c|),     n = (h - min h) / (max h - min h)
 * </pre>
 *
 * <p>This makes the noise even (normalisation of the variance, Co et al. 2019, arXiv 1810.00470, as
 * in the source's code) and scales it to [0, 1]. It is 0 if g is constant. For the gradient the
 * mean, the extremes and the factor of c count as constants, as in the source's code: c times its
 * factor alone is nearly a sign function, whose gradient is almost 0.
 */
public final class GaborRendering implements Rendering {
  private static final double LEAST = 0.001;

  private final ImageShape shape;
  private final float[] pixels;
  private final float epsilon;
  private final SquareFilter kernel;

  public GaborRendering(ImageShape shape, float[] pixels, float epsilon, SquareFilter kernel) {
    this.shape = shape;
    this.pixels = pixels;
    this.epsilon = epsilon;
    this.kernel = kernel;
  }

  public int variables() {
    return shape.height() * shape.width();
  }

  @Override
  public float[] image(float[] mask) {
    return Rendering.clamp(sum(noise(mask)));
  }

  @Override
  public float[] pullBack(float[] mask, float[] imageGradient) {
    Noise noise = noise(mask);
    float[] passed = Rendering.throughClamp(sum(noise), imageGradient);
    float[] gradient = new float[mask.length];
    for (int i = 0; i < passed.length; i++) {
      gradient[i % mask.length] += epsilon * passed[i];
    }
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] *= noise.slopes[i];
    }
    return kernel.transposed(gradient, shape.height(), shape.width());
  }

  private float[] sum(Noise noise) {
    float[] sum = pixels.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += epsilon * noise.values[i % noise.values.length];
    }
    return sum;
  }

  private Noise noise(float[] mask) {
    return new Noise(kernel.apply(mask, shape.height(), shape.width()));
  }

  /** The noise n, and its derivative by g as used in the gradient. */
  private static final class Noise {
    private final float[] values;
    private final float[] slopes;

    private Noise(float[] filtered) {
      values = new float[filtered.length];
      slopes = new float[filtered.length];
      double mean = 0;
      for (float value : filtered) {
        mean += value / (double) filtered.length;
      }
      double farthest = 0;
      for (float value : filtered) {
        farthest = Math.max(farthest, Math.abs(value - mean));
      }
      if (farthest > 0) {
        even(filtered, mean, farthest);
      }
    }

    private void even(float[] filtered, double mean, double farthest) {
      double[] evened = new double[filtered.length];
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < evened.length; i++) {
        double centred = filtered[i] - mean;
        double factor = (1 + LEAST) / (LEAST + Math.abs(centred) / farthest);
        slopes[i] = (float) factor;
        evened[i] = mean + centred * factor;
        least = Math.min(least, evened[i]);
        most = Math.max(most, evened[i]);
      }
      for (int i = 0; i < evened.length; i++) {
        values[i] = (float) ((evened[i] - least) / (most - least));
        slopes[i] /= (float) (most - least);
      }
    }
  }
}
