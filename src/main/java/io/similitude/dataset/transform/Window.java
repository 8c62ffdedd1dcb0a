package io.similitude.dataset.transform;

import io.similitude.dataset.image.Image;
import io.similitude.dataset.image.ImageShape;

/**
 * Cuts a rectangle out of an image. The rectangle may extend beyond the image, and is zero there.
 */
final class Window {
  private Window() {}

  /**
   * The part of all channels that begins at row {@code top} and column {@code left}, either of
   * which may be negative.
   */
  static Image cut(Image image, int top, int left, ImageShape out) {
    ImageShape in = image.shape();
    float[] pixels = new float[out.size()];
    int firstColumn = Math.max(0, -left);
    int columns = Math.min(out.width(), in.width() - left) - firstColumn;
    for (int channel = 0; channel < out.channels(); channel++) {
      for (int row = Math.max(0, -top); row < Math.min(out.height(), in.height() - top); row++) {
        System.arraycopy(
            image.pixels(),
            (channel * in.height() + row + top) * in.width() + left + firstColumn,
            pixels,
            (channel * out.height() + row) * out.width() + firstColumn,
            columns);
      }
    }
    return new Image(out, pixels);
  }
}
