package io.similitude.dataset.image;

import java.util.Arrays;
import java.util.Objects;

/** Images of one shape in memory, as floats. */
public final class FloatImages implements Images {
  private final ImageShape shape;
  private final float[] values;

  /** Takes over the values, N x channels x height x width. */
  public FloatImages(ImageShape shape, float[] values) {
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
    int start = index * shape.size();
    return new Image(shape, Arrays.copyOfRange(values, start, start + shape.size()));
  }
}
