package io.similitude.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.dataset.image.ImageShape;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ExamplesTest {
  private static final ImageShape SHAPE = new ImageShape(1, 1, 2);

  @Test
  void aSliceIsTheExamplesInBetween() {
    Examples examples =
        new Examples(
            new long[] {7, 5, 9},
            SHAPE,
            new float[] {1, 2, 3, 4, 5, 6},
            Optional.of(new int[] {0, 1, 2}));
    Examples slice = examples.slice(1, 3);
    assertThat(slice.count()).isEqualTo(2);
    assertThat(slice.ids()).containsExactly(5, 9);
    assertThat(slice.shape()).isEqualTo(SHAPE);
    assertThat(slice.pixels()).containsExactly(3, 4, 5, 6);
    assertThat(slice.labels().orElseThrow()).containsExactly(1, 2);
    assertThatThrownBy(() -> examples.slice(2, 4)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void arraysMustFitTogether() {
    assertThatThrownBy(() -> new Examples(new long[2], SHAPE, new float[3], Optional.empty()))
        .hasMessage("Invalid pixels: 3 values (must be 2 examples of 1 x 1 x 2)");
    assertThatThrownBy(
            () -> new Examples(new long[2], SHAPE, new float[4], Optional.of(new int[1])))
        .hasMessage("Invalid labels: 1 (must be one for each of 2 examples)");
  }

  @Test
  void anImageHasPixels() {
    assertThatThrownBy(() -> new ImageShape(3, 0, 2))
        .hasMessage("Invalid image shape: 3 x 0 x 2 (must be positive)");
    assertThat(new ImageShape(3, 4, 5).size()).isEqualTo(60);
  }
}
