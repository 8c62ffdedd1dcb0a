package io.similitude.dataset.image;

import io.similitude.input.InputException;
import java.util.Arrays;
import java.util.Objects;

/** Images of one shape in memory, as floats. */
public final class FloatImages implements Images {
  private final ImageShape shape;
  private final float[] values;

  /** Uses the values without a copy, N x channels x height x width. */
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
  public void requireUnitPixels(long... ids) {
    for (long id : ids) {
      int start = Math.toIntExact(id * shape.size());
      for (int i = start; i < start + shape.size(); i++) {
        if (!(values[i] >= 0 && values[i] <= 1)) {
          throw new InputException(
              "Cannot show image %d to a network: it has a pixel of value %s (must be in [0, 1]: divide by white's value; or write unchecked: [pixels] under dataset if the networks want other values)"
                  .formatted(id, values[i]));
        }
      }
    }
  }

  @Override
  public Image read(int index) {
    Objects.checkIndex(index, count());
    int start = index * shape.size();
    return new Image(shape, Arrays.copyOfRange(values, start, start + shape.size()));
  }
}
