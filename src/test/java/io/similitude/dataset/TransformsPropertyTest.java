package io.similitude.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.dataset.image.Image;
import io.similitude.dataset.image.ImageShape;
import io.similitude.dataset.transform.Transforms;
import io.similitude.spec.TransformSpec;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;

final class TransformsPropertyTest {
  @Property
  void paddingIsUndoneByCropping(
      @ForAll @IntRange(min = 1, max = 3) int channels,
      @ForAll @IntRange(min = 1, max = 9) int side,
      @ForAll @IntRange(max = 5) int border) {
    Image image = ramp(new ImageShape(channels, side, side));
    Image back = apply(image, new TransformSpec.Pad(border), new TransformSpec.CenterCrop(side));
    assertThat(back.shape()).isEqualTo(image.shape());
    assertThat(back.pixels()).containsExactly(image.pixels());
  }

  /** Weights sum to 1, so grey stays grey; a rounding to float32 for each of the two passes. */
  @Property
  void resizingKeepsAConstantImage(
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int side) {
    ImageShape shape = new ImageShape(1, height, width);
    float[] grey = new float[shape.size()];
    Arrays.fill(grey, 0.7f);
    Image resized = apply(new Image(shape, grey), new TransformSpec.Resize(side));
    assertThat(Math.min(resized.shape().height(), resized.shape().width())).isEqualTo(side);
    for (float pixel : resized.pixels()) {
      assertThat(pixel).isCloseTo(0.7f, Offset.offset(2 * Math.ulp(0.7f)));
    }
  }

  @Property
  void channelsAreResizedOneByOne(
      @ForAll @IntRange(min = 1, max = 12) int height,
      @ForAll @IntRange(min = 1, max = 12) int width,
      @ForAll @IntRange(min = 1, max = 12) int side) {
    Image image = ramp(new ImageShape(1, height, width));
    Image before = apply(image, new TransformSpec.Channels(3), new TransformSpec.Resize(side));
    Image after = apply(image, new TransformSpec.Resize(side), new TransformSpec.Channels(3));
    assertThat(before.pixels()).containsExactly(after.pixels());
  }

  private static Image apply(Image image, TransformSpec... specs) {
    return new Transforms(List.of(specs)).apply(image);
  }

  private static Image ramp(ImageShape shape) {
    float[] pixels = new float[shape.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (i + 1f) / pixels.length;
    }
    return new Image(shape, pixels);
  }
}
