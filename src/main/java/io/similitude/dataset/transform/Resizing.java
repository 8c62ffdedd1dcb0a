package io.similitude.dataset.transform;

import io.similitude.dataset.image.Image;
import io.similitude.dataset.image.ImageShape;

/**
 * Scales the shorter side to a number of pixels and the longer one in proportion, rounded down,
 * bilinearly with antialiasing. An image that already has this size is not changed.
 *
 * <p>Each axis is resampled by {@link AxisFilter}, first along rows, then along columns. The values
 * are torch's {@code interpolate(mode="bilinear", antialias=True, align_corners=False)} on float
 * tensors. This is Pillow's filter without the rounding to bytes. So torchvision's resize of a
 * decoded JPEG differs from this one by that rounding: at most half a byte step for each of the two
 * passes.
 *
 * <p>Source: torchvision 0.14, {@code transforms.functional.resize} of a tensor.
 */
record Resizing(int side) implements Transform {
  @Override
  public ImageShape shape(ImageShape in) {
    boolean upright = in.width() <= in.height();
    int shorter = upright ? in.width() : in.height();
    int longer = upright ? in.height() : in.width();
    int scaled = Math.toIntExact((long) side * longer / shorter);
    return new ImageShape(in.channels(), upright ? scaled : side, upright ? side : scaled);
  }

  @Override
  public Image apply(Image image) {
    ImageShape in = image.shape();
    ImageShape out = shape(in);
    return out.equals(in) ? image : alongColumns(alongRows(image, out.width()), out.height());
  }

  private static Image alongRows(Image image, int width) {
    ImageShape in = image.shape();
    ImageShape out = new ImageShape(in.channels(), in.height(), width);
    AxisFilter filter = new AxisFilter(in.width(), width);
    float[] pixels = new float[out.size()];
    for (int row = 0; row < in.channels() * in.height(); row++) {
      for (int x = 0; x < width; x++) {
        pixels[row * width + x] = filter.at(x, image.pixels(), row * in.width(), 1);
      }
    }
    return new Image(out, pixels);
  }

  private static Image alongColumns(Image image, int height) {
    ImageShape in = image.shape();
    int width = in.width();
    ImageShape out = new ImageShape(in.channels(), height, width);
    AxisFilter filter = new AxisFilter(in.height(), height);
    float[] pixels = new float[out.size()];
    for (int channel = 0; channel < in.channels(); channel++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int column = channel * in.height() * width + x;
          pixels[(channel * height + y) * width + x] = filter.at(y, image.pixels(), column, width);
        }
      }
    }
    return new Image(out, pixels);
  }
}
