package io.similitude.dataset.transform;

import io.similitude.dataset.image.Image;
import io.similitude.dataset.image.ImageShape;
import io.similitude.input.InputException;
import io.similitude.spec.TransformSpec;
import java.util.List;

/** The transforms of a data set, in order. */
public final class Transforms {
  private final List<Transform> steps;

  public Transforms(List<TransformSpec> specs) {
    steps = specs.stream().map(Transforms::step).toList();
  }

  private static Transform step(TransformSpec spec) {
    if (spec instanceof TransformSpec.Pad pad) {
      return new Padding(pad.pixels());
    }
    if (spec instanceof TransformSpec.Channels channels) {
      return new ChannelRepeat(channels.count());
    }
    if (spec instanceof TransformSpec.Resize resize) {
      return new Resizing(resize.side());
    }
    if (spec instanceof TransformSpec.CenterCrop crop) {
      return new CenterCropping(crop.side());
    }
    throw new IllegalArgumentException("Unknown transform: " + spec);
  }

  /**
   * The shape of the results for images of this shape. It fails if a transform cannot be applied to
   * them.
   */
  public ImageShape shape(ImageShape in) {
    ImageShape shape = in;
    for (Transform step : steps) {
      try {
        shape = step.shape(shape);
      } catch (ArithmeticException e) {
        throw new InputException(
            "Cannot apply %s to images of %s: the result has more than %d values"
                .formatted(step, shape, Integer.MAX_VALUE),
            e);
      }
    }
    return shape;
  }

  public Image apply(Image image) {
    Image result = image;
    for (Transform step : steps) {
      result = step.apply(result);
    }
    return result;
  }
}
