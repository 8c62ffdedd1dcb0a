package io.similitude.dataset.image;

import java.util.Objects;

/** Images of one shape in memory, with one byte per value: a quarter of the memory of floats. */
public final class ByteImages implements Images {
  private static final float WHITE = 255f;

  private final ImageShape shape;
  private final byte[] values;

  /** Uses the values without a copy, N x channels x height x width. */
  public ByteImages(ImageShape shape, byte[] values) {
    this.shape = shape;
    this.values = values;
  }

  @Override
  public int count() {
    return values.length / shape.size();
  }

  @Override
  public ImageShape firstShape() {
    return shape;
  }

  @Override
  public Image read(int index) {
    Objects.checkIndex(index, count());
    float[] pixels = new float[shape.size()];
    int start = index * shape.size();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (values[start + i] & 0xff) / WHITE;
    }
    return new Image(shape, pixels);
  }
}
