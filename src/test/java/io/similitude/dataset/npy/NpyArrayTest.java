package io.similitude.dataset.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.dataset.Fixtures;
import io.similitude.files.FileAccess;
import io.similitude.input.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrays were written by NumPy 1.24.2, see generate.py. */
final class NpyArrayTest {
  private static final double[] VALUES = {-0.25, 0.75, 1.75, 2.75, 3.75, 4.75};

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "float32-little.npy, FLOAT32",
    "float32-big.npy, FLOAT32",
    "float64-little.npy, FLOAT64",
    "float64-big.npy, FLOAT64",
    "version-2.npy, FLOAT64"
  })
  void readsFloats(String name, NpyType type) {
    NpyArray array = Fixtures.npy(name);
    assertThat(array.type()).isEqualTo(type);
    assertThat(array.shape()).containsExactly(2, 3);
    assertThat(array.doubles()).containsExactly(VALUES);
    assertThat(array.floats()).containsExactly(-0.25f, 0.75f, 1.75f, 2.75f, 3.75f, 4.75f);
  }

  @Test
  void readsIntegers() {
    assertThat(Fixtures.npy("int32-big.npy").longs()).containsExactly(-1, Integer.MAX_VALUE, 7);
    assertThat(Fixtures.npy("int64-little.npy").longs()).containsExactly(-1, 1L << 62, 7);
    NpyArray bytes = Fixtures.npy("uint8.npy");
    assertThat(bytes.shape()).containsExactly(1, 4);
    assertThat(bytes.longs()).containsExactly(0, 127, 128, 255);
    assertThat(bytes.floats()).containsExactly(0, 127, 128, 255);
  }

  @Test
  void readsAScalarAsAnArrayOfRankZero() {
    NpyArray scalar = Fixtures.npy("scalar.npy");
    assertThat(scalar.shape()).isEmpty();
    assertThat(scalar.size()).isEqualTo(1);
    assertThat(scalar.doubles()).containsExactly(2.5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "float32-little.npy",
        "float32-big.npy",
        "float64-little.npy",
        "int64-little.npy",
        "uint8.npy",
        "scalar.npy",
        "fashion-mnist-50-labels.npy"
      })
  void writesTheBytesThatNumpyWrites(String name) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Fixtures.npy(name).write(out);
    assertThat(out.toByteArray()).isEqualTo(Files.readAllBytes(Fixtures.path(name)));
  }

  @Test
  void makesTheBytesThatNumpyWrites() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NpyArray.of(VALUES, 2, 3).write(out);
    assertThat(out.toByteArray())
        .isEqualTo(Files.readAllBytes(Fixtures.path("float64-little.npy")));
  }

  @Test
  void aShapeMustHoldTheValues() {
    assertThatThrownBy(() -> NpyArray.of(VALUES, 2, 4))
        .hasMessage("Invalid shape: [2, 4] (must hold 6 values)");
    assertThatThrownBy(() -> NpyArray.of(VALUES, -2, -3))
        .hasMessage("Invalid shape: [-2, -3] (must hold 6 values)");
  }

  @Test
  void readsFortransOrder() {
    NpyArray flat = Fixtures.npy("fortran.npy");
    assertThat(flat.shape()).containsExactly(2, 3);
    assertThat(flat.doubles()).containsExactly(VALUES);
    NpyArray deep = Fixtures.npy("fortran-4.npy");
    assertThat(deep.shape()).containsExactly(2, 3, 4, 5);
    assertThat(deep.longs()).containsExactly(LongStream.range(0, 120).toArray());
  }

  @ParameterizedTest
  @CsvSource({
    "bool.npy, BOOL, 1",
    "int8.npy, INT8, 127",
    "int16-big.npy, INT16, 32767",
    "uint16.npy, UINT16, 65535",
    "uint32-big.npy, UINT32, 4294967295",
    "uint64.npy, UINT64, 9223372036854775807"
  })
  void readsAllWholeNumbers(String name, NpyType type, long last) {
    NpyArray array = Fixtures.npy(name);
    assertThat(array.type()).isEqualTo(type);
    assertThat(array.longs()).containsExactly(0, 1, last);
  }

  @Test
  void unsignedNumbersAreRoundedToTheNearestFloat() {
    assertThat(Fixtures.npy("uint64.npy").doubles()).containsExactly(0, 1, 0x1p64);
    assertThat(Fixtures.npy("uint32-big.npy").floats()).containsExactly(0, 1, 0x1p32f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"float16.npy", "float16-big.npy"})
  void readsHalfFloatsExactly(String name) {
    assertThat(Fixtures.npy(name).doubles()).containsExactly(-0.0999755859375, 65504, 0x1p-24);
  }

  @Test
  void refusesOtherTypes() {
    assertFails(
        "complex.npy",
        "its values are of NumPy type '<c8' (must be one of bool, uint8, uint16, uint32, uint64,"
            + " int8, int16, int32, int64, float16, float32, float64; convert with astype)");
    assertFails(
        "record.npy",
        "its header is not that of a plain array: {'descr': [('a', '<f4'), ('b', '<i8')],"
            + " 'fortran_order': False, 'shape': (2,), } (save one array of numbers, with"
            + " numpy.save)");
  }

  @Test
  void refusesWhatIsNoNpyFile() {
    assertFails(
        "fashion-mnist-50-images-idx3-ubyte.gz",
        "it does not begin as a .npy file does (is the format right?)");
  }

  @Test
  void namesBothLengthsOfATruncatedFile() throws IOException {
    byte[] whole = Files.readAllBytes(Fixtures.path("float64-little.npy"));
    String cut = write(Arrays.copyOf(whole, whole.length - 3));
    assertFailsAt(
        cut,
        "its header promises 48 bytes of values, float64 of [2, 3], and the file holds 45"
            + " (was it copied or downloaded whole?)");
  }

  @Test
  void refusesTrailingBytes() throws IOException {
    byte[] whole = Files.readAllBytes(Fixtures.path("float64-little.npy"));
    String longer = write(Arrays.copyOf(whole, whole.length + 1));
    assertFailsAt(
        longer,
        "its header promises 48 bytes of values, float64 of [2, 3], and the file goes on after them"
            + " (is it the right file?)");
  }

  @Test
  void eachTruncationIsOneClearLine() throws IOException {
    byte[] whole = Files.readAllBytes(Fixtures.path("resize-16-of-1x50x37-in.npy"));
    for (int part = 0; part < 50; part++) {
      String cut = write(Arrays.copyOf(whole, whole.length * part / 50));
      assertThatThrownBy(() -> NpyArray.read(cut, FileAccess.local()))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("Cannot read " + cut + ": it")
          .hasMessageEndingWith("?)")
          .hasMessageNotContaining("\n");
    }
  }

  /** Each of these would take more memory, or time, than there is, if it were believed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(2000000000,)|its header promises 16000000000 bytes of values, float64 of [2000000000]"
            + " (must be at most 2147483639 bytes)",
        "(2000000000, 2000000000, 2000000000)|its header promises"
            + " 64000000000000000000000000000 bytes of values, float64 of"
            + " [2000000000, 2000000000, 2000000000] (must be at most 2147483639 bytes)",
        "(200000000,)|its header promises 1600000000 bytes of values, float64 of [200000000], and"
            + " the file holds 0 (was it copied or downloaded whole?)",
        "(99999999999999999999,)|its shape is (99999999999999999999,) (must be of at most 32"
            + " dimensions, each at most 2147483647)",
        "(-1,)|its header is not that of a plain array: {'descr': '<f8', 'fortran_order': False,"
            + " 'shape': (-1,)} (save one array of numbers, with numpy.save)"
      })
  void headersThatLieAreNotBelieved(String shape, String why) throws IOException {
    String header = "{'descr': '<f8', 'fortran_order': False, 'shape': " + shape + "}";
    String start = "\u0093NUMPY\u0001\u0000" + (char) header.length() + "\u0000";
    assertFailsAt(write((start + header).getBytes(StandardCharsets.ISO_8859_1)), why);
  }

  @Test
  void aHeaderIsNotLongerThanNumpyMakesIt() throws IOException {
    byte[] start =
        "\u0093NUMPY\u0002\u0000\u00ff\u00ff\u00ff\u00ff".getBytes(StandardCharsets.ISO_8859_1);
    assertFailsAt(
        write(start),
        "its header is said to be 4294967295 bytes long (must be at most 65536; is it damaged?)");
  }

  private String write(byte... bytes) throws IOException {
    return Files.write(folder.resolve("array.npy"), bytes).toString();
  }

  private static void assertFails(String name, String why) {
    assertFailsAt(Fixtures.path(name).toString(), why);
  }

  private static void assertFailsAt(String location, String why) {
    assertThatThrownBy(() -> NpyArray.read(location, FileAccess.local()))
        .isInstanceOf(InputException.class)
        .hasMessage("Cannot read " + location + ": " + why);
  }
}
