package io.similitude.training;

import io.similitude.attack.search.RandomSource;
import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import io.similitude.spec.TrainingSpec;

/**
 * Shifts and mirrors images at random. The change of an example depends only on the seed, the epoch
 * and the example's id.
 */
final class Augmentation {
  private final int crop;
  private final boolean flip;

  Augmentation(TrainingSpec recipe) {
    this.crop = recipe.crop().orElse(0);
    this.flip = recipe.flip();
  }

  Examples apply(Examples batch, long seed, int epoch) {
    if (crop == 0 && !flip) {
      return batch;
    }
    RandomSource source = RandomSource.named(seed, "augmentation", Integer.toString(epoch));
    float[] pixels = new float[batch.pixels().length];
    for (int i = 0; i < batch.count(); i++) {
      RandomSource.Stream random = source.example(batch.ids()[i]);
      int down = crop == 0 ? 0 : random.below(2 * crop + 1) - crop;
      int right = crop == 0 ? 0 : random.below(2 * crop + 1) - crop;
      boolean mirrored = flip && random.coin();
      show(batch, i, pixels, down, right, mirrored);
    }
    return new Examples(batch.ids(), batch.shape(), pixels, batch.labels());
  }

  /** Pads the image with zeros, cuts out an image at a given place, and then mirrors it. */
  private static void show(
      Examples batch, int i, float[] pixels, int down, int right, boolean mirrored) {
    ImageShape shape = batch.shape();
    int width = shape.width();
    for (int row = 0; row < shape.channels() * shape.height(); row++) {
      int y = row % shape.height() + down;
      if (y >= 0 && y < shape.height()) {
        int from = i * shape.size() + (row + down) * width;
        int to = i * shape.size() + row * width;
        for (int x = 0; x < width; x++) {
          int column = (mirrored ? width - 1 - x : x) + right;
          pixels[to + x] = column >= 0 && column < width ? batch.pixels()[from + column] : 0;
        }
      }
    }
  }
}
