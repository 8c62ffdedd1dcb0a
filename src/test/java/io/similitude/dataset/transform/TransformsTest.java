package io.similitude.dataset.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.dataset.Fixtures;
import io.similitude.dataset.image.Image;
import io.similitude.dataset.image.ImageShape;
import io.similitude.dataset.npy.NpyArray;
import io.similitude.spec.TransformSpec;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected images are torchvision 0.14.1's, see generate.py. */
final class TransformsTest {
  /**
   * torch keeps weights and sums in float32: at 50 pixels a centre is known to 2e-6, and with it a
   * weight; two passes and values up to 1 make it twice that.
   */
  private static final Offset<Float> TORCHS_FLOATS = Offset.offset(4e-6f);

  @ParameterizedTest
  @CsvSource({
    "5, 2x9x13",
    "5, 2x13x9",
    "11, 1x6x4",
    "8, 1x8x10",
    "16, 1x50x37",
    "7, 1x8x8",
    "3, 1x3x40"
  })
  void resizesAsTorchvisionDoes(int side, String shape) {
    String name = "resize-" + side + "-of-" + shape;
    Image resized = apply(image(name + "-in.npy"), new TransformSpec.Resize(side));
    Image expected = image(name + "-out.npy");
    assertThat(resized.shape()).isEqualTo(expected.shape());
    assertThat(resized.pixels()).containsExactly(expected.pixels(), TORCHS_FLOATS);
  }

  @ParameterizedTest
  @CsvSource({"5, 2x8x7", "4, 1x7x9", "10, 1x7x8", "6, 1x9x3"})
  void cropsAsTorchvisionDoes(int side, String shape) {
    String name = "center-crop-" + side + "-of-" + shape;
    Image cropped = apply(image(name + "-in.npy"), new TransformSpec.CenterCrop(side));
    Image expected = image(name + "-out.npy");
    assertThat(cropped.shape()).isEqualTo(expected.shape());
    assertThat(cropped.pixels()).containsExactly(expected.pixels());
  }

  @Test
  void padsWithZeros() {
    Image image = new Image(new ImageShape(2, 1, 2), new float[] {1, 2, 3, 4});
    Image padded = apply(image, new TransformSpec.Pad(1));
    assertThat(padded.shape()).isEqualTo(new ImageShape(2, 3, 4));
    assertThat(padded.pixels())
        .containsExactly(0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 4, 0, 0, 0, 0, 0);
  }

  @Test
  void repeatsASingleChannel() {
    Image image = new Image(new ImageShape(1, 1, 2), new float[] {1, 2});
    Image three = apply(image, new TransformSpec.Channels(3));
    assertThat(three.shape()).isEqualTo(new ImageShape(3, 1, 2));
    assertThat(three.pixels()).containsExactly(1, 2, 1, 2, 1, 2);
    assertThat(apply(three, new TransformSpec.Channels(3))).isSameAs(three);
  }

  private static Image apply(Image image, TransformSpec spec) {
    Transforms transforms = new Transforms(List.of(spec));
    Image result = transforms.apply(image);
    assertThat(transforms.shape(image.shape())).isEqualTo(result.shape());
    return result;
  }

  private static Image image(String name) {
    NpyArray array = Fixtures.npy(name);
    int[] shape = array.shape();
    assertThat(Arrays.copyOf(shape, 1)).containsExactly(1);
    return new Image(new ImageShape(shape[1], shape[2], shape[3]), array.floats());
  }
}
