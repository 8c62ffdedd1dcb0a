package io.similitude.network;

import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import java.io.Serializable;
import java.util.Optional;
import java.util.stream.LongStream;

/** Images as they travel to another process. */
final class ShownImages implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int channels;
  private final int height;
  private final int width;
  private final float[] pixels;

  ShownImages(Examples examples) {
    this.channels = examples.shape().channels();
    this.height = examples.shape().height();
    this.width = examples.shape().width();
    this.pixels = examples.pixels();
  }

  Examples examples() {
    ImageShape shape = new ImageShape(channels, height, width);
    long[] ids = LongStream.range(0, pixels.length / shape.size()).toArray();
    return new Examples(ids, shape, pixels, Optional.empty());
  }
}
