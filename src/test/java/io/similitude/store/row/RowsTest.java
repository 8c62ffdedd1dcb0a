package io.similitude.store.row;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class RowsTest {
  @Test
  void aPredictionIsOneOfTheClasses() {
    assertThatThrownBy(() -> new UnitRow.Prediction(0, null, 2, new float[2]))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("2");
  }
}
