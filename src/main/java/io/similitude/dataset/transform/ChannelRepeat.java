package io.similitude.dataset.transform;

import io.similitude.dataset.image.Image;
import io.similitude.dataset.image.ImageShape;
import io.similitude.input.InputException;

/** Makes images of one channel into images of several equal ones. */
record ChannelRepeat(int count) implements Transform {
  @Override
  public ImageShape shape(ImageShape in) {
    if (in.channels() != 1 && in.channels() != count) {
      throw new InputException(
          "Cannot make %d channels of images of %s: only a single channel is repeated (leave the transform out?)"
              .formatted(count, in));
    }
    return new ImageShape(count, in.height(), in.width());
  }

  @Override
  public Image apply(Image image) {
    ImageShape out = shape(image.shape());
    if (out.equals(image.shape())) {
      return image;
    }
    float[] channel = image.pixels();
    float[] pixels = new float[out.size()];
    for (int c = 0; c < count; c++) {
      System.arraycopy(channel, 0, pixels, c * channel.length, channel.length);
    }
    return new Image(out, pixels);
  }
}
