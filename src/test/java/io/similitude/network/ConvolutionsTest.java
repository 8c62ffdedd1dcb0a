package io.similitude.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The weights with which oneDNN's blocks of channels are not full. */
final class ConvolutionsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "16 3 3 3 | false | the first layer of most networks",
        "64 32 3 3 | false | whole blocks",
        "24 3 3 3 | true | outputs that fill no block",
        "9 6 3 3 | true | outputs that fill no block",
        "16 20 3 3 | true | inputs that fill no block",
        "16 6 5 5 | false | inputs below one block",
        "24 40 1 1 | false | single pixels",
        "24 1 3 3 | false | a group for each channel",
        "10 640 | false | a linear layer"
      })
  void areThoseThatMayBeWrong(String shape, boolean isAffected, String why) {
    long[] sizes = Stream.of(shape.split(" ", -1)).mapToLong(Long::parseLong).toArray();

    assertThat(Convolutions.isAffected(new Shape(sizes))).as(why).isEqualTo(isAffected);
  }
}
