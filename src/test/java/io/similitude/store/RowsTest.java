package io.similitude.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class RowsTest {
  @Test
  void aValueAndItsStatusAgree() {
    SimilarityRow row = Samples.similarity(0, 1, 0.5);
    assertThatThrownBy(
            () ->
                new SimilarityRow(
                    row.measure(), row.a(), row.b(), null, null, 1, 1, SimilarityRow.OK))
        .hasMessage(
            "Invalid status: ok for the value null (must be ok exactly where there is one)");
    assertThatThrownBy(
            () ->
                new SimilarityRow(
                    row.measure(), row.a(), row.b(), 0.5, null, 1, 1, "negative-hsic"))
        .hasMessageStartingWith("Invalid status: negative-hsic for the value 0.5");
  }

  @Test
  void aValueIsNeverNaN() {
    assertThatThrownBy(() -> Samples.similarity(0, 1, Double.NaN))
        .hasMessage("Invalid value: NaN (must be finite or null)");
  }

  @Test
  void aPredictionIsOneOfTheClasses() {
    assertThatThrownBy(() -> new PredictionRow(0, null, 2, new float[2]))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("2");
  }
}
