package io.similitude.network;

import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import java.io.Serializable;
import java.util.Optional;
import java.util.stream.LongStream;

/** Images as they travel to another process. */
record ShownImages(int count, int channels, int height, int width, float[] pixels)
    implements Serializable {
  static ShownImages of(Examples examples) {
    ImageShape shape = examples.shape();
    return new ShownImages(
        examples.count(), shape.channels(), shape.height(), shape.width(), examples.pixels());
  }

  Examples examples() {
    return new Examples(
        LongStream.range(0, count).toArray(),
        new ImageShape(channels, height, width),
        pixels,
        Optional.empty());
  }
}
