package io.similitude.checkpoint.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.input.InputException;
import io.similitude.spec.WeightChoice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SafetensorsFormatTest {
  private static final String NAME = "model.safetensors";
  private static final long[] FOUR = {4};

  @TempDir private Path folder;

  @Test
  void readsTensorsInTheOrderOfTheHeaderWhateverTheirOrderInTheData() throws IOException {
    StateDict read =
        read(
            file()
                .with("\"__metadata__\": {\"format\": \"pt\"}")
                .with("b", "U8", FOUR, 4, 8)
                .with("none", "F32", new long[] {0, 3}, 4, 4)
                .with("a", "U8", FOUR, 0, 4)
                .bytes(8));

    assertThat(read.names()).containsExactly("b", "none", "a");
    assertThat(read.get("a").orElseThrow().toFloats()).containsExactly(0, 1, 2, 3);
    assertThat(read.get("b").orElseThrow().toFloats()).containsExactly(4, 5, 6, 7);
    assertThat(read.get("none").orElseThrow().shape()).containsExactly(0, 3);
  }

  @Test
  void refusesOverlapsAndGaps() {
    assertRefused(
        file().with("a", "U8", FOUR, 0, 4).with("b", "U8", FOUR, 3, 7).bytes(7),
        "its tensor b begins at byte 3 of the data, the one before it ends at 4"
            + " (there may be no gap and no overlap)");
    assertRefused(
        file().with("a", "U8", FOUR, 0, 4).with("b", "U8", FOUR, 0, 4).bytes(4),
        "its tensor b begins at byte 0 of the data, the one before it ends at 4"
            + " (there may be no gap and no overlap)");
    assertRefused(
        file().with("a", "U8", FOUR, 1, 5).bytes(5),
        "its tensor a begins at byte 1 of the data, the one before it ends at 0"
            + " (there may be no gap and no overlap)");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 5})
  void refusesDataOfAnotherLength(int data) {
    assertRefused(
        file().with("a", "U8", FOUR, 0, 4).bytes(data),
        "its tensors take 4 bytes, the file has " + data + " for them (is it truncated?)");
  }

  @ParameterizedTest
  @CsvSource({
    "F32, 4, 0, 4",
    "U8, 4, 4, 0",
    "U8, 4, -4, 0",
    "U8, -4, 0, -4",
    "U8, 4, 9223372036854775807, -9223372036854775805",
    "F64, 2305843009213693952, 0, 0",
    "U8, 4, -9223372036854775808, -9223372036854775804",
  })
  void refusesBytesThatAreNotThoseOfTheShape(String dtype, long size, long begin, long end) {
    assertThatThrownBy(() -> read(file().with("a", dtype, new long[] {size}, begin, end).bytes(4)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("Cannot read checkpoint model.safetensors: its tensor a lies at ")
        .hasMessageContaining("which are not the bytes of ");
  }

  @Test
  void refusesShapesThatOverflow() {
    long half = 1L << 32;
    assertRefused(
        file().with("a", "U8", new long[] {half, half}, 0, 0).bytes(0),
        "its tensor a lies at bytes 0 to 0, which are not the bytes of UINT8[4294967296, 4294967296]");
  }

  @Test
  void refusesMembersThatAreNotWhatTheyMustBe() {
    assertRefused(
        file().with("\"a\": {\"dtype\": \"U8\", \"shape\": [4]}").bytes(4),
        "its tensor a has no data_offsets of two numbers");
    assertRefused(
        file().with("a", "F4", FOUR, 0, 4).bytes(4),
        "its tensor a has elements of type F4, which cannot be read"
            + " (save it as F32, F16 or BF16)");
    assertRefused(
        file().with("a", "U8", new long[11], 0, 0).bytes(0),
        "its header is broken at character 63: an array of more than 10 integers");
    assertRefused(
        file().with("\"a\": 4").bytes(4), "its header is broken at character 7: no object");
    assertRefused(
        file().with("a\\u0000b", "U8", FOUR, 0, 4).bytes(4),
        "Invalid name of a parameter: a?b (must be 1 to 500 printable characters)");
    assertRefused(file().bytes(0), "it holds no tensors");
  }

  @Test
  void refusesATensorThatIsThereTwice() {
    assertThatThrownBy(
            () -> read(file().with("a", "U8", FOUR, 0, 4).with("a", "U8", FOUR, 4, 8).bytes(8)))
        .hasMessageContaining("its header is broken at character ")
        .hasMessageContaining(": Duplicate ")
        .hasMessageContaining("'a'");
  }

  @Test
  void refusesNumbersThatAreNoLongs() {
    for (String number : new String[] {"9223372036854775808", "1e3", "4.0", "1".repeat(1000)}) {
      byte[] file = file().with("\"a\": {\"dtype\": \"U8\", \"shape\": [" + number + "]}").bytes(4);
      assertThatThrownBy(() -> read(file))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("its header is broken at character ");
    }
  }

  @Test
  void refusesDeepNesting() {
    byte[] file = file().with("\"__metadata__\": " + "[".repeat(100_000)).bytes(0);

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("its header is broken at character ")
        .hasMessageContaining("depth");
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 'its header has 18446744073709551615 bytes (must be at most 8388608)'",
    "8388609, 'its header has 8388609 bytes (must be at most 8388608)'",
    "8388608, 'its header should be 8388608 bytes at 8, the file has 76 (is it truncated?)'",
    "1, 'its header is broken at character 1: Unexpected end-of-input: expected close marker for"
        + " Object'",
    "67, 'its header is broken at character 63: it goes on after its end'",
  })
  void refusesALieAboutTheLengthOfTheHeader(long length, String why) {
    byte[] file =
        TestSafetensors.of(
            "{\"a\": {\"dtype\": \"U8\", \"shape\": [4], \"data_offsets\": [0, 4]}}  []"
                .getBytes(StandardCharsets.UTF_8),
            new byte[4]);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(length);

    assertRefused(file, why);
  }

  @Test
  void hasNoKeys() throws IOException {
    Path file = Files.write(folder.resolve(NAME), file().with("a", "U8", FOUR, 0, 4).bytes(4));

    assertThatThrownBy(
            () -> CheckpointReader.read(WeightsFile.of(file, NAME).with(WeightChoice.ofKey("ema"))))
        .hasMessage(
            "Cannot read checkpoint model.safetensors: it is a safetensors file, which has no key"
                + " ema (leave the key out)");
  }

  private static TestSafetensors file() {
    return new TestSafetensors();
  }

  private StateDict read(byte[] bytes) throws IOException {
    return CheckpointReader.read(Files.write(folder.resolve(NAME), bytes), NAME);
  }

  private void assertRefused(byte[] bytes, String why) {
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(InputException.class)
        .hasMessage("Cannot read checkpoint model.safetensors: " + why);
  }
}
