package io.similitude.spec.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class NaturalOrderTest {
  @Test
  void countsNumbersAsNumbers() {
    assertThat(
            Stream.of("e_10.pth", "e_2.pth", "e_2_b.pth", "a", "e_0002.pth", "10", "9", "", "e")
                .sorted(new NaturalOrder()))
        .containsExactly("", "9", "10", "a", "e", "e_0002.pth", "e_2.pth", "e_2_b.pth", "e_10.pth");
  }

  @Test
  void takesNumbersOfAnyLength() {
    String large = "1" + "0".repeat(100);

    assertThat(Stream.of(large + "1", large, "2").sorted(new NaturalOrder()))
        .containsExactly("2", large, large + "1");
  }
}
