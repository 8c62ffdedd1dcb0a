package io.similitude.network;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;

/**
 * The order of a batch's pixels in memory. The shape is n x channels x height x width in both
 * cases.
 */
enum ImageLayout {
  /** PyTorch's default. */
  CHANNELS_FIRST {
    @Override
    PtNDArray input(NDManager scope, Examples examples) {
      ImageShape image = examples.shape();
      return (PtNDArray)
          scope.create(
              examples.pixels(),
              new Shape(examples.count(), image.channels(), image.height(), image.width()));
    }
  },
  /**
   * The layout that a CPU's convolutions prefer. Gradients are 1.5 times as fast, because nothing
   * is copied between layouts from layer to layer.
   */
  CHANNELS_LAST {
    @Override
    PtNDArray input(NDManager scope, Examples examples) {
      ImageShape image = examples.shape();
      return (PtNDArray)
          scope
              .create(
                  channelsLast(examples.pixels(), image),
                  new Shape(examples.count(), image.height(), image.width(), image.channels()))
              .transpose(0, 3, 1, 2);
    }
  };

  /** The examples, copied into native memory. */
  abstract PtNDArray input(NDManager scope, Examples examples);

  private static float[] channelsLast(float[] pixels, ImageShape image) {
    int channels = image.channels();
    int area = image.height() * image.width();
    float[] last = new float[pixels.length];
    for (int at = 0; at < pixels.length; at += image.size()) {
      for (int channel = 0; channel < channels; channel++) {
        int from = at + channel * area;
        for (int i = 0; i < area; i++) {
          last[at + i * channels + channel] = pixels[from + i];
        }
      }
    }
    return last;
  }
}
